/** Help of the prompt on which a mission is played in a terminal; its commands are the same in every language. */
export const PROMPT_EN = {
  'prompt.task': 'what is asked, and how far it is',
  'prompt.look': 'what is to be seen now',
  'prompt.set': 'list the settings, or change one',
  'prompt.probe': 'list the probes, or put one there: a measurement',
  'prompt.faults': 'list what may be broken',
  'prompt.repair': 'repair it, should that be what is broken: a measurement',
  'prompt.hint': 'a hint; it is counted',
  'prompt.again': 'from the beginning',
  'prompt.save': 'write the result, to be handed in',
  'prompt.quit': 'end it',
  'prompt.titled': ({ title, text }: { readonly title: string; readonly text: string }) => `${title}: ${text}`,
  'prompt.over': ({ state, over }: { readonly state: string; readonly over: string }) => `${state}; ${over}`,
  'prompt.action': ({ action }: { readonly action: string }) => `${action}: a measurement`,
  'prompt.longest': ({ longest }: { readonly longest: number }) => `at most ${longest} characters`,
  'prompt.range': ({ min, max, unit }: { readonly min: number; readonly max: number; readonly unit: string }) =>
    `${min} to ${max} ${unit}`,
}
