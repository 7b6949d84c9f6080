// What a dialog about the chosen people says at first: its title with their number, what it does, and its button.
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { wholeNumber } from '#web/lib/format.ts'
import type { ChosenPerson } from './chosen-people.ts'

/** `about` names the dialog's words among those of this room. */
export function useDialogWords(
  about: 'join' | 'event' | 'role' | 'again',
  people: () => readonly ChosenPerson[],
) {
  const { t } = useI18n()
  return computed(() => {
    const count = people().length
    return {
      title: t(`selection.${about}.title`, { count: wholeNumber(count) }, count),
      text: t(`selection.${about}.text`),
      action: t(`selection.${about}.action`),
    }
  })
}
