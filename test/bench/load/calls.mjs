/** Calls from the benchmark to the processes that it starts, over Node's channel to a child. */

/** In the child: answers calls of these names, each `async (...args) => result`. */
export function answerCalls(functions) {
  process.on('message', async ({ id, name, args }) => {
    if (Object.hasOwn(functions, name)) process.send({ id, result: await functions[name](...args) });
  });
  // The benchmark has died: its processes must not stay.
  process.on('disconnect', () => process.exit());
}

/** In the parent: a function that calls. It throws when the child has gone. */
export function caller(child) {
  const waiting = new Map();
  let latest = 0;
  child.on('message', ({ id, result }) => {
    waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  child.on('exit', code => {
    for (const { reject } of waiting.values())
      reject(new Error(`A process of the benchmark ended with ${code}`));
    waiting.clear();
  });
  return (name, ...args) =>
    new Promise((resolve, reject) => {
      waiting.set(++latest, { resolve, reject });
      child.send({ id: latest, name, args });
    });
}
