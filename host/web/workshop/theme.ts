/** The page's theme: light, or for a projector that is read from the last row. */
import { signal } from '@preact/signals'

export const theme = signal<'light' | 'projector'>('light')

export function toggleTheme(): void {
  theme.value = theme.value === 'projector' ? 'light' : 'projector'
  document.documentElement.dataset.theme = theme.value
}
