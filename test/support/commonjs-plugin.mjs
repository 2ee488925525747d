// @ts-check
/** For browser tests, which are not bundled: the core of highlight.js is the one module of ours that is CommonJS. */

/** @returns {import('@web/dev-server-core').Plugin} */
export function commonjsPlugin() {
  return {
    name: 'commonjs',
    transform({ path, body }) {
      if (!path.endsWith('/highlight.js/lib/core.js')) return;
      return `const module = { exports: {} };\n${body}\nexport default module.exports;`;
    },
  };
}
