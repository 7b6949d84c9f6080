// A managed event being edited: what changed, what saving would do, and saving it.
import { computed, ref, watch, type Ref } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import { UpdateEventMutation } from './commands.ts'
import {
  changedSections,
  formOf,
  sectionKeys,
  sectionNames,
  withoutTypes,
  type EventForm,
  type ManagedEvent,
  type SectionKey,
  type SectionName,
} from './event-form.ts'
import { useUpdatePreview } from './use-update-preview.ts'

const same = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every(name => other.includes(name))

/** The form over `event`; a newer revision replaces it as long as nothing was changed here. */
export function useEventForm(event: () => ManagedEvent) {
  const base = ref<ManagedEvent>(event())
  const form = ref<EventForm>(formOf(base.value.sections))
  const editable = ref([...base.value.editable])
  const { run, running, problem, clear } = useCommand(UpdateEventMutation, 'updateManagedEvent')

  const sections = computed(() => changedSections(formOf(base.value.sections), form.value))
  const locksChanged = computed(() => !same(editable.value, base.value.editable))
  const count = computed(() => Object.keys(sections.value).length + Number(locksChanged.value))
  const dirty = computed(() => count.value > 0)
  const input = computed(() => ({
    id: base.value.id,
    sections: sections.value,
    revision: base.value.revision,
    ...(locksChanged.value ? { editable: editable.value } : {}),
  }))
  const { preview, loading } = useUpdatePreview(() => (dirty.value ? input.value : null))

  function reset() {
    clear()
    base.value = event()
    form.value = formOf(base.value.sections)
    editable.value = [...base.value.editable]
  }
  watch(event, now => {
    if (now.revision !== base.value.revision && !dirty.value) reset()
  })
  /** What is typed while the answer is awaited stays, as the next change. */
  async function save(): Promise<boolean> {
    const sent = { form: withoutTypes(form.value), editable: [...editable.value] }
    const payload = await run({ input: input.value })
    if (!payload) return false
    base.value = {
      ...base.value,
      revision: payload.managedEvent.revision,
      editable: sent.editable,
      sections: savedSections(base.value.sections, sent.form),
    }
    return true
  }
  return { form, count, dirty, preview, loading, running, problem, reset, save, ...locksOf(editable) }
}

function locksOf(editable: Ref<SectionName[]>) {
  const isEditable = (key: SectionKey) => editable.value.includes(sectionNames[key])
  function setEditable(key: SectionKey, on: boolean) {
    const name = sectionNames[key]
    editable.value = on ? [...editable.value, name] : editable.value.filter(one => one !== name)
  }
  return { isEditable, setEditable }
}

/** The sections as they stand after saving; who edited them comes with the next answer. */
function savedSections(sections: ManagedEvent['sections'], form: EventForm): ManagedEvent['sections'] {
  const next = structuredClone(JSON.parse(JSON.stringify(sections)) as ManagedEvent['sections'])
  for (const key of sectionKeys) {
    if (key === 'questions') next.questions.content.list = form.questions
    else Object.assign(next[key].content, form[key])
  }
  return next
}
