/** The drawings of what goes along with a question, as path descriptions in a 24 by 24 box. */

export const attachmentIcons = {
  attach:
    'M20 11.500l-8 8a5 5 0 0 1-7-7l8.500-8.500a3.300 3.300 0 0 1 4.700 4.700L9.700 17a1.700 1.700 0 0 1-2.400-2.400l7.700-7.600',
  text: 'M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h5',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9h.01',
} as const;
