/** Why a file does not go along. The words for it are chosen where it is shown. */

export type Refusal =
  /** More files than one message may have. */
  | { reason: 'too_many'; count: number; leftOut: number }
  /** More text than one message may have. */
  | { reason: 'too_long'; name: string; characters: number }
  /** Each for itself is not, and with what is written all are. */
  | { reason: 'together' }
  | { reason: 'too_large'; name: string }
  | { reason: 'too_many_pages'; name: string; pages: number; most: number }
  | {
      reason:
        | 'folder'
        /** It was there when it was chosen, and is no more. */
        | 'gone'
        | 'empty'
        /** A picture, for a model that sees none. */
        | 'not_seen'
        /** A picture or a PDF that is broken, or a picture of a kind that this browser cannot read. */
        | 'unreadable'
        | 'heic'
        /** A PDF with a password. */
        | 'locked'
        /** A PDF of pictures, as from a scanner, or of fonts that do not say what their signs mean. */
        | 'no_text'
        /** What reads PDFs could not be loaded. */
        | 'no_reader'
        /** Neither a picture nor a text. */
        | 'binary';
      name: string;
    };

export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}
