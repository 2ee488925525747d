import type { ChildProcess } from 'node:child_process';

export function answerCalls(functions: Record<string, (...args: never[]) => unknown>): void;
export function caller(child: ChildProcess): <Result>(name: string, ...args: unknown[]) => Promise<Result>;
