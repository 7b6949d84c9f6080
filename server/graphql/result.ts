// What every mutation answers: a union of its payload and the failures it declares.
import type { Problem } from './problems.ts'

/** Options for the errors plugin: the union is called `<name>Result`. */
export function resultOf(name: string, failures: (new (...args: never[]) => Problem)[]) {
  return {
    types: failures as (new (...args: unknown[]) => Problem)[],
    directResult: true as const,
    union: { name: `${name}Result`, description: 'The payload, or why it was refused.' },
  }
}
