/** The realistic answers: the names of their files in test/fixtures/markdown/answers. */
export const answerNames: readonly string[] = (
  'api-reference arabic-travel c-pointers chinese-recipe chinese-tech csv-json-xml debugging-chat ' +
  'docker-compose emoji-party footnotes-history git-undo go-worker-pool hebrew-mixed html-css-center ' +
  'japanese-explain java-records js-debounce korean-mixed late-references letter long-paragraphs ' +
  'math-brackets math-quadratic nested-plan physics-notes prices python-retry regex ruby-php ' +
  'rust-ownership shopping-compare sql-slow-query story thai-vietnamese typescript-generics'
).split(' ');
