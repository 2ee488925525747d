/** The drawings of what one can do with a turn, as path descriptions in a 24 by 24 box. Loaded with the first answer. */

export const actionIcons = {
  again: 'M19 12a7 7 0 1 1-2.100-5M17 3v4h-4',
  edit: 'M5 19l1-4L16 5l3 3L9 18z',
  remove: 'M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12',
  previous: 'M14 7l-5 5 5 5',
  next: 'M10 7l5 5-5 5',
} as const;
