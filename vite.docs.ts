/** The build of the documentation: pages, their style, their search and its index, into `dist/docs`. */

import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { documentation } from './demo/docs/site/documentation.ts';
import { describedElement } from './vite.manifest.ts';
import { precompressed } from './vite.precompressed.ts';

const folder = `${import.meta.dirname}/demo`;

export default defineConfig({
  plugins: [pages(), precompressed()],
  build: {
    target: 'es2022',
    outDir: 'dist/docs',
    emptyOutDir: true,
    copyPublicDir: false,
    lib: { entry: { docs: `${folder}/docs/docs.ts` }, formats: ['es'], cssFileName: 'docs' },
    rolldownOptions: { output: { minify: true, comments: false } },
  },
});

/** All but what a browser runs. */
function pages(): Plugin {
  return {
    name: 'pages',
    generateBundle() {
      const files = { ...documentation(describedElement()), 'mark.svg': readFileSync(`${folder}/mark.svg`) };
      for (const [fileName, source] of Object.entries(files))
        this.emitFile({ type: 'asset', fileName, source });
    },
  };
}
