// Copies the address of what is on screen: the page with its filters and what is open on it.
import { useToast } from '@nuxt/ui/composables/useToast'
import { useI18n } from 'vue-i18n'
import { useCopy } from './use-copy.ts'

/** A function that copies the link and says so, or says that the browser does not allow it. */
export function useCopyLink() {
  const { t } = useI18n()
  const toast = useToast()
  const { copy, refused } = useCopy()
  return async () => {
    await copy(location.href)
    toast.add({ title: t(refused.value ? 'ui.linkRefused' : 'ui.linkCopied'), color: 'neutral' })
  }
}
