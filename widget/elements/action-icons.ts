/** The drawings of what one can do with a turn, as path descriptions in a 24 by 24 box. Loaded with the first answer. */

export const actionIcons = {
  again: 'M19 12a7 7 0 1 1-2.100-5M17 3v4h-4',
  quote: 'M7 6v9a3 3 0 0 0 3 3h8M14 14l4 4-4 4M11 6h8M11 10h8',
  edit: 'M5 19l1-4L16 5l3 3L9 18z',
  remove: 'M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12',
  previous: 'M14 7l-5 5 5 5',
  figures: 'M5 19V11M12 19V5M19 19v-6',
  next: 'M10 7l5 5-5 5',
  good: 'M7 11v8H4v-8zM7 11l4-7a2 2 0 0 1 2 2v4h5a2 2 0 0 1 2 2.300l-1 5a2 2 0 0 1-2 1.700H7',
  bad: 'M7 13V5H4v8zM7 13l4 7a2 2 0 0 0 2-2v-4h5a2 2 0 0 0 2-2.300l-1-5a2 2 0 0 0-2-1.700H7',
  speak: 'M5 10v4h3l4 4V6L8 10zM15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11',
  microphone:
    'M12 4a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 1-5 0v-5A2.500 2.500 0 0 1 12 4zM6.500 11.500a5.500 5.500 0 0 0 11 0M12 17v3',
} as const;
