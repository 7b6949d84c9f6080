// Draws the icons that were compiled in; each module brings those it names.
import { h, type FunctionalComponent } from 'vue'

const bodies = new Map<string, string>()

/** Makes an icon known: `body` is the inside of an svg on a grid of 24. */
export function addIcon(name: string, body: string): void {
  bodies.set(name, body)
}

const plain = (name: string) => name.replace(/^lucide[-:]/, '')

/** Whether the icon may be drawn. */
export const iconLoaded = (name: string): boolean => bodies.has(plain(name))

/** Draws an icon in the colour and size of the text around it; one that is missing fails while one develops. */
export const Icon: FunctionalComponent<{ icon: string }> = ({ icon }) => {
  const body = bodies.get(plain(icon))
  if (body === undefined && import.meta.env.DEV)
    throw new Error(`The icon ${icon} is missing from the bundle`)
  return h('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    'aria-hidden': true,
    role: 'img',
    width: '1em',
    height: '1em',
    viewBox: '0 0 24 24',
    innerHTML: body ?? '',
  })
}
Icon.props = ['icon', 'mode', 'width', 'height', 'customise', 'ssr']
