// Parts that open by a press are no part of the first load: they come while the browser is idle, or when they are wanted.
import { defineAsyncComponent, defineComponent, h, type Component, type SetupContext } from 'vue'
import { whenIdle } from '#web/lib/when-idle.ts'

export type Load<T> = () => Promise<{ default: T }>
type Given = Record<string, unknown>
const isOpen = (given: Given) => given['open'] === true

/** Stands for whatever `choose` names, once for each place it is used in; what it is given goes on to that. */
function standIn(choose: () => (given: Given) => Component | null): Component {
  const setup = (_: Given, { attrs, slots }: SetupContext) => {
    const partFor = choose()
    return () => {
      const part = partFor(attrs)
      return part ? h(part, attrs, slots) : null
    }
  }
  return defineComponent(setup, { inheritAttrs: false })
}

/** A part that is not needed at first, such as the panel of the row that is opened; there at once when it came in time. */
export function loadLater<T extends Component>(load: Load<T>): T {
  let found: Component | undefined
  const find = async () => {
    const { default: part } = await load()
    found = part
    return part
  }
  const late = defineAsyncComponent(find)
  whenIdle(find)
  return standIn(() => {
    // What is there once stays the same for as long as it is shown.
    const part = found ?? late
    return () => part
  }) as T
}

/**
 * A dialog that its parent opens: nothing until `wanted` says so, from then on the dialog itself.
 * `wanted` looks at what the parent gives; without it, at `open`.
 */
export function whenOpened<T extends Component>(load: Load<T>, wanted = isOpen): T {
  const dialog: Component = loadLater(load)
  return standIn(() => {
    let ever = false
    return given => {
      ever ||= wanted(given)
      return ever ? dialog : null
    }
  }) as T
}
