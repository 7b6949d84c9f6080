// Declares the modules that only exist at build time.
declare module 'virtual:nuxt-ui-icons' {
  import type { IconifyIcon } from '@iconify/vue'
  export function init(add: (name: string, icon: IconifyIcon) => void): void
}

// The linter's type checker cannot read .vue files; vue-tsc sees the real components.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}
