/** What vite.manifest.ts uses of the analyzer, which has types of its configuration alone. */

declare module '@custom-elements-manifest/analyzer/src/create.js' {
  export function create(options: { modules: object[]; plugins: object[] }): {
    modules: Array<{ declarations: object[] }>;
  };
}

declare module '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js' {
  export function litPlugin(): object[];
}
