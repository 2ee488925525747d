/** What a benchmark is told on its command line: `--name=value`. */

export function setting(name: string, standard: string): string {
  return process.argv.find(argument => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? standard;
}
