/**
 * A conversation as it is kept. The version of a record is a part of its key: a widget never writes over what
 * a newer one keeps, and does not see it.
 */

import type { Conversation } from '../conversation/conversation.ts';
import { readConversation } from './read-conversation.ts';
import { count, own } from './read-fields.ts';
import type { Key } from './shelf.ts';

export interface ConversationRecord {
  conversation: Conversation;
  /** Times of `Date.now()`. */
  createdAt: number;
  updatedAt: number;
  /** When it goes, even if nobody opens its scope again. */
  expiresAt: number;
  /** The page that has written it. Absent in what older widgets have kept. */
  writer?: string;
}

/**
 * The first makes a record of version 2 of one of version 1, and so on: a new one makes a new version. What it is
 * given was kept by an older widget and may be broken: it may throw, and what it makes is read like anything kept.
 * A new field of a message needs none, as old records are read without it.
 */
export const migrations: Array<(record: unknown) => unknown> = [];

export function schemaVersion(): number {
  return migrations.length + 1;
}

export function conversationKey(id: string, version = schemaVersion()): Key {
  return ['conversation', version, id];
}

/** Undefined for what cannot be read, or is not the conversation of its key. */
export function readRecord(
  value: unknown,
  id: unknown,
): Pick<ConversationRecord, 'conversation' | 'createdAt' | 'updatedAt'> | undefined {
  const conversation = readConversation(own(value, 'conversation'));
  if (!conversation || conversation.id !== id) return undefined;
  const updatedAt = count(own(value, 'updatedAt')) ?? 0;
  return { conversation, createdAt: count(own(value, 'createdAt')) ?? updatedAt, updatedAt };
}

/** The same record in the version of this widget. */
export function migrated(record: unknown, version: number): unknown {
  try {
    return migrations.slice(version - 1).reduce((older, migrate) => migrate(older), record);
  } catch {
    return undefined;
  }
}
