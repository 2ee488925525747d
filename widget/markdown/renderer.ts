/** The seam between an answer's text and what a visitor sees of it. */

/** Appends nodes to a container as an answer's text arrives. Nodes that are there are never made again without need. */
export interface AnswerRenderer {
  /** Takes the next piece of the text, cut anywhere. */
  feed(delta: string): void;
  /** The text is complete: what was held back, waiting for what follows, is shown. Nothing is fed after it. */
  end(): void;
}
