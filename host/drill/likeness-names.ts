/** Names of whose choices a stack makes where a standard leaves one; a file of their own, for what explains commands needs no stack. */
export const LIKENESSES = ['ours', 'linux', 'freebsd'] as const
export type Likeness = (typeof LIKENESSES)[number]

export function isLikeness(name: string): name is Likeness {
  return (LIKENESSES as readonly string[]).includes(name)
}
