// System, light or dark; theme.js applies the same choice before the first paint.
import { ref } from 'vue'
import { readSetting, writeSetting } from '#web/lib/device-settings.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const themeIcons: Readonly<Record<Theme, string>> = {
  system: 'i-lucide-monitor',
  light: 'i-lucide-sun',
  dark: 'i-lucide-moon',
}

const stored = readSetting('theme')
const theme = ref<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system')
const system = matchMedia('(prefers-color-scheme: dark)')

function apply() {
  const dark = theme.value === 'dark' || (theme.value === 'system' && system.matches)
  document.documentElement.classList.toggle('dark', dark)
  document.documentElement.classList.toggle('light', !dark)
}
system.addEventListener('change', apply)

/** The chosen theme and how to change it. */
export function useTheme() {
  function choose(next: Theme) {
    theme.value = next
    writeSetting('theme', next)
    apply()
  }
  return { theme, choose }
}
