/** Reads what a server says of its contact form. Nothing of it is taken on trust. */

import type { ContactField, ContactKind } from '../../server/protocol.ts';

const kinds: readonly ContactKind[] = ['text', 'email', 'tel', 'textarea'];

/** Undefined where it has none. */
export function readContactFields(contact: unknown): ContactField[] | undefined {
  const fields = isObject(contact) && Array.isArray(contact.fields) ? contact.fields : [];
  const read = fields.filter(isObject).flatMap(({ name, label, kind, required }) => {
    if (typeof name !== 'string') return [];
    return {
      name,
      ...(typeof label === 'string' && { label }),
      kind: kinds.find(known => known === kind) ?? 'text',
      required: required === true,
    };
  });
  return read.length > 0 ? read : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
