/** What screen readers say of an answer, in English. It is never shown. */

export const enSpoken = {
  answering: 'Answering.',
  complete: 'Answer complete.',
  stopped: 'Answer stopped.',
  waiting: 'Waiting to be sent.',
  /** In place of what is better looked at; read aloud, a table is its cells. */
  code: (lines: number) => (lines === 1 ? 'Code, 1 line.' : `Code, ${lines} lines.`),
  table: (rows: number) => (rows === 1 ? 'Table, 1 row.' : `Table, ${rows} rows.`),
  formula: 'formula',
};
