// @ts-check
/**
 * The walls of the house, for ESLint: what may import and touch what. A file lives behind the last walls that name it,
 * so those repeat what they keep.
 */

// ---- What is banned, and why ----

/**
 * Bans imports of every kind: static, dynamic, re-exported, of types alone.
 * @param {RegExp} specifier
 * @param {string} message
 */
function noImport(specifier, message) {
  // The regular expression of a selector cannot hold a slash.
  const pattern = specifier.source.replaceAll('\\/', '\\u002F');
  const kinds =
    'ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression, TSImportType';
  return { selector: `:matches(${kinds}) > Literal.source[value=/${pattern}/]`, message };
}

/**
 * @param {string} message
 * @param {string[]} names
 */
function noGlobals(message, ...names) {
  return names.map(name => ({ name, message }));
}

const noImports = noImport(/./, 'protocol.ts imports nothing: both halves stand on it.');
const noWidget = noImport(
  /^(\.\.\/)+widget\//,
  'The server knows the widget by the wire alone: protocol.ts.',
);
const noServer = noImport(
  /^(\.\.\/)+server\/(?!protocol\.ts$)/,
  'The widget knows the server by the wire alone: protocol.ts.',
);
const noTests = noImport(/^(\.\.\/)+(test|demo)\//, 'What ships imports nothing of demo/ and test/.');
const noLit = noImport(/^(lit|@lit|lit-html|lit-element)(\/|-|$)/, 'This part runs without Lit.');
const noNode = noImport(/^node:/, 'This part runs on any web-standard runtime; Node comes in through parts.');
const noNodePackages = noImport(
  /^(@hono\/node-server|@redis\/)/,
  'Only server/node.ts and its parts know the Node server and the way to Redis.',
);
const noSibling = noImport(
  /^\.\/|\/middleware\//,
  'A middleware imports no other: app.ts puts them in order.',
);
const noClient = noImport(/^(\.\.\/)+client\//, 'Elements take properties and fire events: no client.');
const noStore = noImport(/^(\.\.\/)+storage\//, 'Elements take properties and fire events: no store.');
const noWidgetParts = noImport(
  /^\.\.\/(?!conversation\/)/,
  'Storage keeps conversations and knows nothing else of the widget.',
);
const noInsides = noImport(
  /^(\.\.\/)+(widget|server|dist)\/(?!protocol\.ts$)/,
  'The demo uses the package by its public names, and of its insides the words of the wire alone.',
);
const noExtras = {
  selector: 'ImportDeclaration[importKind="value"] > Literal.source[value=/\\u002Fextras\\u002F/]',
  message: 'What reads every answer knows only the types of what is loaded late.',
};
const onlyLit = noImport(
  /^lit(-html)?\/./,
  'Import from lit itself: the build leaves directives out, and markup is built, never a string.',
);

const providers = 'aiwave|deepseek|zhipu|qwen|ernie|openai|anthropic|openrouter|ollama';
const noProviderNames = {
  selector: `:matches(BinaryExpression[operator=/^[!=]==?$/], SwitchCase) > Literal[value=/^(${providers})$/i]`,
  message: "Ask for a quirk of the catalogue's entry; nobody compares a provider's name.",
};

const sinks =
  'innerHTML|outerHTML|insertAdjacentHTML|srcdoc|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment';
const noMarkupStrings = [
  onlyLit,
  ...[
    `MemberExpression[property.name=/^(${sinks}|parseFromString)$/]`,
    `MemberExpression[property.value=/^(${sinks}|parseFromString)$/]`,
    `Property[key.name=/^(${sinks})$/]`,
    'CallExpression[callee.object.name="document"][callee.property.name=/^write(ln)?$/]',
  ].map(selector => ({ selector, message: 'Markup is built, never a string: lit html or createElement.' })),
  ...[
    'CallExpression[callee.property.name="createElement"][arguments.0.value="style"]',
    'CallExpression[callee.property.name="setAttribute"][arguments.0.value="style"]',
  ].map(selector => ({
    selector,
    message: 'A strict CSP refuses it: use adoptedStyleSheets or the style property.',
  })),
];

const noNodeGlobals = noGlobals(
  'This part runs on any web-standard runtime; Node comes in through parts.',
  ...['process', 'Buffer', 'require', 'module', '__dirname', '__filename', 'setImmediate', 'global'],
);
const noDom = noGlobals(
  'This part runs in plain tests, where there is no DOM.',
  ...[
    'document',
    'window',
    'customElements',
    'Node',
    'Text',
    'Element',
    'HTMLElement',
    'ShadowRoot',
    'DOMParser',
  ],
  ...['getComputedStyle', 'matchMedia', 'requestAnimationFrame', 'MutationObserver', 'ResizeObserver'],
);
const noFetch = noGlobals(
  'Only widget/client/ talks to the network.',
  ...['fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket', 'Request'],
);
const noStorage = noGlobals(
  'Only widget/storage/ stores.',
  ...['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore'],
);

// ---- Who lives behind which walls ----

/**
 * @param {string[]} files
 * @param {{ syntax: Array<{ selector: string, message: string }>, globals?: Array<{ name: string, message: string }> }} walls
 * @param {string[]} [ignores]
 * @returns {import('eslint').Linter.Config}
 */
function walls(files, { syntax, globals = [] }, ignores = []) {
  return {
    files,
    ignores,
    rules: {
      'no-restricted-syntax': ['error', ...syntax],
      'no-restricted-globals': ['error', { globals, checkGlobalObject: true }],
    },
  };
}

const node = [noWidget, noTests, noLit, noProviderNames];
const server = [...node, noNode, noNodePackages];
const widget = [noServer, noTests, noNode, noProviderNames, ...noMarkupStrings];
const pure = { syntax: [...widget, noLit], globals: [...noDom, ...noFetch, ...noStorage] };
// In markdown/ these make the nodes, or read them; the rest of it parses and writes.
const nodeMakers = [
  ...['patcher*', 'later/*', 'highlight/*', 'math/*', 'extras/patcher*', 'extras/views'],
  ...['copy/read-shown', 'copy/elements'],
].map(name => `widget/markdown/${name}.ts`);

export const house = [
  walls(['server/**/*.ts'], { syntax: server, globals: noNodeGlobals }),
  walls(['server/middleware/**/*.ts'], { syntax: [...server, noSibling], globals: noNodeGlobals }),
  walls(['server/cli.ts', 'server/commands/**/*.ts'], { syntax: [...node, noNodePackages] }),
  walls(['server/node*.ts', 'server/node/**/*.ts'], { syntax: node }),
  walls(['server/protocol.ts'], { syntax: [noImports], globals: noNodeGlobals }),

  walls(['widget/**/*.ts'], { syntax: widget, globals: [...noFetch, ...noStorage] }),
  walls(['widget/storage/**/*.ts'], { syntax: [...widget, noLit, noWidgetParts], globals: noFetch }),
  walls(['widget/client/**/*.ts'], { syntax: [...widget, noLit], globals: [...noDom, ...noStorage] }),
  walls(['widget/conversation/**/*.ts', 'widget/tabs/**/*.ts'], pure),
  walls(['widget/markdown/**/*.ts'], { ...pure, syntax: [...pure.syntax, noExtras] }, [
    ...nodeMakers,
    'widget/markdown/parser.ts',
  ]),
  walls(['widget/markdown/parser.ts', 'widget/markdown/extras/**/*.ts'], pure, nodeMakers),
  walls(['widget/markdown/patcher*.ts'], {
    syntax: [...widget, noLit, noExtras],
    globals: [...noFetch, ...noStorage],
  }),
  walls(['widget/elements/**/*.ts'], {
    syntax: [...widget, noClient, noStore],
    globals: [...noFetch, ...noStorage],
  }),

  walls(['demo/**/*.{ts,tsx,js,jsx}'], { syntax: [...noMarkupStrings, noInsides] }),
  // What the documentation says is read out of the sources.
  walls(['demo/docs/site/*.ts'], { syntax: noMarkupStrings }),
];
