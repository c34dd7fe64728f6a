/**
 * From where a board is looked at. What holds on a desk holds everywhere, so limits and diagnoses are made for that; a bench only
 * adds to it.
 */

/**
 * `desk`: what a cable end and an ordinary partner show, who answers ARP and echo requests (RFC 1122 3.2.2.6) and is asked nothing else.
 * `bench`: the partner is ours, and can be asked for its link and told to send.
 */
export const CHECK_VIEWS = ['desk', 'bench'] as const
export type CheckView = (typeof CHECK_VIEWS)[number]

/** @throws RangeError that names the views there are */
export function checkView(name: string): CheckView {
  const view = CHECK_VIEWS.find((each) => each === name)
  if (view === undefined) throw new RangeError(`there is no view "${name}"; give ${CHECK_VIEWS.join(' or ')}`)
  return view
}
