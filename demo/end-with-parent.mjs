// @ts-check
/** npm passes SIGTERM to the shell between it and this process alone; dash dies of it and leaves this process behind. */
export function endWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}
