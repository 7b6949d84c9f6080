// Ending a client or one of its secrets: asks first, says what happens, then does it.
import { useToast } from '@nuxt/ui/composables/useToast'
import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useCommand } from '#web/graphql/use-command.ts'
import { RevokeClientMutation, RevokeSecretMutation } from './documents.ts'
import type { Client, Secret } from './use-clients.ts'

interface Asked {
  readonly client: Client
  /** Null for the client as a whole. */
  readonly secret: Secret | null
}

/** `ask` opens the question, `confirm` carries it out. */
export function useRevocations() {
  const { t } = useI18n()
  const toast = useToast()
  const asked = shallowRef<Asked | null>(null)
  const client = useCommand(RevokeClientMutation, 'revokeOauthClient')
  const secret = useCommand(RevokeSecretMutation, 'revokeOauthClientSecret')
  const open = computed({
    get: () => asked.value !== null,
    set: () => {
      asked.value = null
    },
  })
  const question = computed(() => {
    const what = asked.value?.secret ? 'Secret' : 'Client'
    return {
      title: t(`oauth-clients.revoke${what}Title`, { name: asked.value?.client.name ?? '' }),
      text: t(`oauth-clients.revoke${what}Text`),
      action: t(`oauth-clients.revoke${what}Action`),
      danger: true,
    }
  })
  const running = computed(() => client.running.value || secret.running.value)
  const problem = computed(() => (client.problem.value ?? secret.problem.value)?.message)

  function ask(whose: Client, which: Secret | null = null) {
    client.clear()
    secret.clear()
    asked.value = { client: whose, secret: which }
  }

  async function confirm() {
    if (!asked.value) return
    const { client: whose, secret: which } = asked.value
    const done = which
      ? await secret.run({ input: { id: which.id } })
      : await client.run({ input: { id: whose.id } })
    if (!done) return
    asked.value = null
    toast.add({ title: t('oauth-clients.revoked'), color: 'success' })
  }

  return { open, question, running, problem, ask, confirm }
}
