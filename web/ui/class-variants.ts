// Puts component classes together as the library wants it, with our own merge: its one knows every class there could be.
import { createTV as createPlain, cx } from 'tailwind-variants/lite'
import { mergeClasses } from './class-merge.ts'

type Slot = (given?: object) => string | undefined
type Table = ReturnType<typeof createPlain>

const merged = (classes: string | undefined) => (classes === undefined ? undefined : mergeClasses(classes))

/** What a component's class table answers: classes, or a function for each of its parts. */
function mergeAnswer(answer: unknown): unknown {
  if (typeof answer === 'string') return mergeClasses(answer)
  if (typeof answer !== 'object' || answer === null) return answer
  const parts = Object.entries(answer as Record<string, Slot>)
  return Object.fromEntries(parts.map(([part, slot]) => [part, (given?: object) => merged(slot(given))]))
}

/** As the library's own of this name; there is nothing to configure. */
export function createTV(): Table {
  const plain = createPlain()
  const tv = (table: object) =>
    new Proxy(plain(table), {
      apply: (target, self, given) => mergeAnswer(Reflect.apply(target, self, given)),
    })
  return tv as unknown as Table
}

/** As the library's own of this name. */
export const cnMerge =
  (...classes: Parameters<typeof cx>) =>
  (): string | undefined =>
    merged(cx(...classes))
