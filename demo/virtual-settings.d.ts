/** See vite.settings.ts. */
declare module 'virtual:settings' {
  export const attributes: readonly import('./playground/setting.ts').Setting[];
  export const tokens: readonly import('./playground/setting.ts').Setting[];
  export const words: readonly import('./playground/setting.ts').WordSetting[];
}
