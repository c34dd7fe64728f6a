/** State changes of the controller as something to send and to read. */

export interface StateChange {
  /** Virtual time of the change, in nanoseconds. */
  readonly at: number
  /**
   * `controller` for off, held, hung and on; else the region of `on`: reset, boot, chip, link, address, services, mode, fault; or
   * of `held` and `off`: brown-out, RESET pin.
   */
  readonly region: string
  readonly from: string
  readonly to: string
  /** Why, in words; left out when the change says it all. */
  readonly reason?: string
}

/** A state value as XState gives it: a name, or for parallel and nested states an object of them. */
export type StateTree = string | { readonly [region: string]: StateTree | undefined }

/** `{ on: { link: 'up', chip: 'running' } }` as `controller: on`, `link: up`, `chip: running`. */
export function flatten(value: StateTree): Map<string, string> {
  const states = new Map<string, string>()
  const walk = (tree: StateTree, region: string): void => {
    if (typeof tree === 'string') {
      states.set(region, tree)
      return
    }
    const names = Object.keys(tree)
    if (region === 'controller') states.set(region, names[0])
    for (const name of names) {
      const below = tree[name]
      if (below === undefined) continue
      if (region === 'controller' && typeof below !== 'string') {
        for (const inner of Object.keys(below)) {
          const leaf = below[inner]
          if (leaf !== undefined) walk(leaf, inner)
        }
      } else walk(below, name)
    }
  }
  walk(value, 'controller')
  return states
}

/**
 * What differs between two states, region by region. A region that appears or vanishes with `on` is not a change of its own.
 * @param reason why the controller or a fault changed
 * @param claim why the address did
 */
export function changes(
  before: Map<string, string>,
  after: Map<string, string>,
  at: number,
  reason: string,
  claim = '',
): StateChange[] {
  const result: StateChange[] = []
  for (const [region, to] of after) {
    const from = before.get(region)
    if (from === to || (from === undefined && region !== 'reset')) continue
    const why = region === 'fault' || region === 'controller' ? reason : region === 'address' ? claim : ''
    result.push({ at, region, from: from ?? 'off', to, ...(why === '' ? {} : { reason: why }) })
  }
  return result
}
