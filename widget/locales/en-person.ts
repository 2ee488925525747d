/** The words of what leads from the chat to a person, in English. */

export const enPerson = {
  title: 'Talk to a person',
  nobody: 'Nobody can be reached right now. Try again later.',
  /** Of fields that have no label, by their names. */
  labels: { name: 'Name', email: 'Email', phone: 'Phone', message: 'Message' } as Record<string, string>,
  optional: '(optional)',
  along: (count: number) =>
    count === 1
      ? 'Send this conversation along (1 message)'
      : `Send this conversation along (${count} messages)`,
  send: 'Send',
  sending: 'Sending…',
  sent: 'Sent. Thank you.',
  failed: 'This could not be sent. What you wrote is still here.',
  refused: (label: string) => `Please check this field: ${label}`,
  retry: 'Try again',
  back: 'Back to the chat',
};
