/** The drawings, as path descriptions in a 24 by 24 box; the waiting wave in one of 44 by 14. */

export const iconPaths = {
  menu: 'M5 7h14M5 12h14M5 17h14',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  fold: 'M6 9.500l6 6 6-6',
  stop: 'M9 7h6a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2z',
} as const;

/** Two lines of water: the mark. */
export const markPaths = ['M3 8c3 0 3 3 6 3s3-3 6-3 3 3 6 3', 'M3 15c3 0 3 3 6 3s3-3 6-3 3 3 6 3'] as const;

/** The mark's lines made longer at both ends, so that they can flow by one wave length of 12. */
export const flowingMarkPaths = [
  'M-9 8c3 0 3 3 6 3s3-3 6-3 3 3 6 3 3-3 6-3 3 3 6 3 3-3 6-3 3 3 6 3',
  'M-9 15c3 0 3 3 6 3s3-3 6-3 3 3 6 3 3-3 6-3 3 3 6 3 3-3 6-3 3 3 6 3',
] as const;

/** One line of water, longer than its box by one wave length of 13.4. */
export const wavePath =
  'M-11.4 7c3.3 0 3.3 4 6.7 4s3.3-8 6.7-8 3.3 8 6.7 8 3.3-8 6.7-8 3.3 8 6.7 8 3.3-8 6.7-8 3.3 8 6.7 8 3.3-8 6.7-8 3.3 8 6.7 8';
