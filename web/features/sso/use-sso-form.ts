// Editing the details: what differs, what is wrong, saving; what others save meanwhile overwrites nothing typed here.
import { computed, ref, watch } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { ConfigureSsoMutation, type ReadMetadataMutation } from './documents.ts'
import { checkForm, countChanges, followSaved, formOf, inputOf, type SsoForm } from './sso-form.ts'
import type { Sso } from './use-sso.ts'

export type MetadataRead = Extract<
  ResultOf<typeof ReadMetadataMutation>['readSsoMetadata'],
  { __typename: 'ReadSsoMetadataPayload' }
>

/** The form over what is saved. `save` resolves to true when it is stored. */
export function useSsoForm(sso: () => Sso) {
  const { run, running, problem, clear } = useCommand(ConfigureSsoMutation, 'configureSso')
  const form = ref<SsoForm>(formOf(sso()))
  const tried = ref(false)
  const faults = computed(() => (tried.value ? checkForm(form.value) : {}))
  const changed = computed(() => countChanges(formOf(sso()), form.value))

  watch(
    () => formOf(sso()),
    (now, before) => {
      followSaved(form.value, before, now)
    },
  )
  function discard() {
    form.value = formOf(sso())
    tried.value = false
    clear()
  }
  function take({ entityId, signInUrl, certificates, wantsSignedRequests }: MetadataRead) {
    Object.assign(form.value, { entityId, signInUrl, certificates, pasted: '' })
    if (wantsSignedRequests && sso().keyMissing === null) form.value.signRequests = true
    clear()
  }
  async function save(): Promise<boolean> {
    tried.value = true
    if (Object.keys(faults.value).length > 0) return false
    if (!(await run({ input: inputOf(form.value) }))) return false
    form.value.pasted = ''
    tried.value = false
    return true
  }
  return { form, faults, changed, running, problem, discard, take, save }
}
