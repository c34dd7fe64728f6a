/** The name of the outermost state that a chart of XState is in. @param value of its snapshot: a name, or an object that has states within it by the name */
export function outermostState(value: string | object): string {
  return typeof value === 'string' ? value : Object.keys(value)[0]
}
