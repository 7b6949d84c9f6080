// Hands chosen people over as addresses in the clipboard, or as a file.
import { useToast } from '@nuxt/ui/composables/useToast'
import { useI18n } from 'vue-i18n'
import { downloadByPost } from '#web/lib/download.ts'
import { wholeNumber } from '#web/lib/format.ts'
import { useCopy } from '#web/ui/use-copy.ts'
import { addressesOf, type ChosenPerson } from './chosen-people.ts'

/** Both say what came of it. */
export function useHandOver() {
  const { t } = useI18n()
  const toast = useToast()
  const { copy, refused } = useCopy()

  async function copyAddresses(people: readonly ChosenPerson[]) {
    const addresses = addressesOf(people)
    const count = addresses.length
    if (count === 0) {
      toast.add({ title: t('selection.noAddress'), color: 'warning' })
      return
    }
    await copy(addresses.join(', '))
    const without = people.length - people.filter(person => addressesOf([person]).length > 0).length
    const some = without > 0 ? t('selection.copiedSome', { count: wholeNumber(without) }, without) : undefined
    const title = refused.value
      ? t('ui.copyRefused')
      : t('selection.copied', { count: wholeNumber(count) }, count)
    toast.add({ title, color: refused.value ? 'error' : 'success', ...(some ? { description: some } : {}) })
  }
  async function exportPeople(people: readonly ChosenPerson[]) {
    try {
      await downloadByPost(
        '/exports/users.csv',
        { userIds: people.map(({ id }) => id) },
        'selected-people.csv',
      )
    } catch (error) {
      const description = (error instanceof Error && error.message) || t('ui.network')
      toast.add({ title: t('selection.exportFailed'), description, color: 'error' })
    }
  }
  return { copyAddresses, exportPeople }
}
