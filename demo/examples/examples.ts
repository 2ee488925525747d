/** What examples there are. Each has a folder of its name. */

export interface Example {
  shows: string;
  /** What Node is told to run: it gets the address of the proxy, and says its own. Otherwise the example is a page for Vite. */
  program?: string[];
}

export const examples: Record<string, Example> = {
  html: { shows: 'a plain page: the script tag, properties, an event, a hook, a method' },
  react: { shows: 'the same in React 19' },
  vue: { shows: 'the same in Vue 3' },
  svelte: { shows: 'the same in Svelte 5' },
  solid: { shows: 'the same in Solid' },
  angular: { shows: 'the same in Angular 21' },
  tools: { shows: 'functions of the page that the model may call' },
  headless: { shows: 'an interface of one’s own' },
  node: { shows: 'an answer in the terminal', program: ['node/chat.mjs'] },
  strict: { shows: 'a strict policy, and files that nobody can change', program: ['strict/server.mjs'] },
  nginx: {
    shows: 'a site and its chat under one address',
    program: ['--import', 'tsx', 'nginx/start.ts'],
  },
};

export function listOfExamples(): string {
  const lines = Object.entries(examples).map(([name, { shows }]) => `  ${name.padEnd(9)} ${shows}`);
  return ['npm run example NAME starts one of these, with a proxy of its own:', '', ...lines].join('\n');
}
