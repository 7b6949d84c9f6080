// What saving a template would do, as sentences.
import { wholeNumber } from '#web/lib/format.ts'
import type { UpdatePreview } from './use-update-preview.ts'

type Say = (key: string, named: Record<string, string>, plural: number) => string

/** The effects worth a sentence; the first one always says how many copies change. */
export function effectsOf(preview: UpdatePreview, t: Say): string[] {
  const counted = (key: string, count: number, named: Record<string, string> = {}) =>
    t(`managed-events.effects.${key}`, { ...named, count: wholeNumber(count) }, count)
  const name = (section: string) => t(`managed-events.sections.${section.toLowerCase()}`, {}, 1)
  return [
    counted('copies', preview.copiesChanged),
    ...preview.overwritten.map(({ section, people }) =>
      counted('overwritten', people, { section: name(section) }),
    ),
    ...preview.unreached.map(section => t('managed-events.effects.unreached', { section: name(section) }, 1)),
    ...(preview.slugClashes > 0 ? [counted('clashes', preview.slugClashes)] : []),
  ]
}

/** True when someone loses what they wrote, or their own address moves: worth a question before saving. */
export function takesSomething(preview: UpdatePreview): boolean {
  return preview.slugClashes > 0 || preview.overwritten.some(({ people }) => people > 0)
}
