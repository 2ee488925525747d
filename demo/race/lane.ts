/** What one sees of a model while it races: its figures, its answer as it streams, and the way to stop it. */

import { type AnswerRenderer, showMarkdown } from 'rivulet-chat/markdown';
import { COLOURS } from './chart.ts';
import { isOver, type Lap, tokensPerSecond } from './lap.ts';
import { msText, speedText, stageText } from './words.ts';

/** What the bars of all lanes are drawn against. */
export interface Scale {
  firstMs: number;
  speed: number;
}

export class Lane {
  readonly element = document.createElement('article');
  readonly #lap: Lap;
  readonly #stage = document.createElement('p');
  readonly #first = new Figure('First token');
  readonly #speed = new Figure('Tokens a second');
  readonly #stop = document.createElement('button');
  readonly #answer = document.createElement('div');
  readonly #renderer: AnswerRenderer;

  constructor(lap: Lap, index: number, stop: () => void) {
    this.#lap = lap;
    const { label } = lap.racer;
    this.element.className = `lane colour-${index % COLOURS}`;
    const head = this.element.appendChild(document.createElement('header'));
    head.appendChild(document.createElement('h3')).textContent = label;
    this.#stop.type = 'button';
    this.#stop.textContent = 'Stop';
    this.#stop.setAttribute('aria-label', `Stop ${label}`);
    this.#stop.addEventListener('click', stop);
    head.append(this.#stop);
    this.#stage.className = 'stage';
    const figures = document.createElement('dl');
    figures.append(this.#first.element, this.#speed.element);
    this.#answer.className = 'answer';
    this.#answer.tabIndex = 0;
    this.#answer.setAttribute('role', 'region');
    this.#answer.setAttribute('aria-label', `Answer of ${label}`);
    this.#renderer = showMarkdown(this.#answer);
    this.element.append(this.#stage, figures, this.#answer);
  }

  feed(text: string): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#answer;
    const isAtEnd = scrollHeight - clientHeight - scrollTop < 40;
    this.#renderer.feed(text);
    if (isAtEnd) this.#answer.scrollTop = this.#answer.scrollHeight;
  }

  end(): void {
    this.#renderer.end();
  }

  show(now: number, scale: Scale): void {
    const lap = this.#lap;
    const { stage, askedAt } = lap;
    this.#stage.textContent = stageText(lap);
    this.element.classList.toggle('failed', stage.type === 'failed');
    this.element.classList.toggle('queued', stage.type === 'queued');
    const firstMs = lap.firstMs ?? (stage.type === 'waiting' ? now - askedAt : null);
    this.#first.show(msText(firstMs), (firstMs ?? 0) / scale.firstMs);
    this.#speed.show(speedText(lap), (tokensPerSecond(lap) ?? 0) / scale.speed);
    // Who has just stopped it stays where they are.
    this.#stop.setAttribute('aria-disabled', String(isOver(lap)));
  }
}

/** A number with its bar. */
class Figure {
  readonly element = document.createElement('div');
  readonly #number = document.createElement('dd');
  readonly #bar = document.createElement('span');

  constructor(name: string) {
    this.element.appendChild(document.createElement('dt')).textContent = name;
    this.#bar.className = 'bar';
    this.element.append(this.#number);
  }

  show(text: string, share: number): void {
    this.#number.replaceChildren(text, this.#bar);
    this.#bar.style.setProperty('--share', `${Math.min(1, share) * 100}%`);
  }
}
