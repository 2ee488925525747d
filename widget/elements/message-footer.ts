/**
 * What the page has to say under an answer: an element of the page's own tree, which its styles and scripts hold for. It comes
 * of the chat's `messageFooter`, else of a `<template slot="message-footer">` in the chat.
 */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import { chatOf } from './chat-of.ts';
import { define } from './define.ts';
import { leadIn } from './lead-in.ts';

/** Gives what stands under an answer that has ended, or nothing. Called once for each that is shown. */
export type MessageFooter = (answer: { id: string; content: string }) => HTMLElement | null | undefined;

/** It renders into the transcript's own tree. */
export class RivuletMessageFooter extends LitElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
  };

  declare message: AssistantMessage | undefined;
  /** Of which message it is, and what the page shows there. */
  #id: string | undefined;
  #shown: HTMLElement | undefined;
  #between: HTMLSlotElement | undefined;

  constructor() {
    super();
    this.message = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Also when it was taken out of the page and comes back.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#clear();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { message } = this;
    if (changed.has('message') && message?.id !== this.#id) this.#clear();
    if (!message || isLive(message) || this.#id === message.id) return;
    this.#id = message.id;
    this.#show(message);
  }

  protected override render() {
    return this.#shown
      ? html`<div part="message-footer"><slot name=${this.#shown.slot}></slot></div>`
      : nothing;
  }

  #show({ id, content }: AssistantMessage): void {
    const host = chatOf(this)?.host as (HTMLElement & MessageFooterHost) | undefined;
    const transcript = this.getRootNode();
    if (!host || !(transcript instanceof ShadowRoot)) return;
    const shown = host.messageFooter ? host.messageFooter({ id, content }) : ofTemplate(host);
    if (!(shown instanceof HTMLElement)) return;
    shown.slot = `message-footer-${id}`;
    host.append(shown);
    this.#between = leadIn(transcript.host, shown.slot);
    this.#shown = shown;
  }

  #clear(): void {
    this.#shown?.remove();
    this.#between?.remove();
    this.#id = this.#shown = this.#between = undefined;
  }
}

interface MessageFooterHost {
  messageFooter?: MessageFooter;
}

function ofTemplate(host: HTMLElement): HTMLElement | undefined {
  const template = host.querySelector<HTMLTemplateElement>(':scope > template[slot=message-footer]');
  if (!template) return undefined;
  const shown = document.createElement('div');
  shown.append(template.content.cloneNode(true));
  return shown;
}

define('rivulet-message-footer', RivuletMessageFooter);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-message-footer': RivuletMessageFooter;
  }
}
