import type { LabDefinition } from './schema.js'

/** Whether a lab ends by itself. */
export function hasEnd({ duration, until, steps = [] }: LabDefinition): boolean {
  return duration !== undefined || until !== undefined || steps.length > 0
}
