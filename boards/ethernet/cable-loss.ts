/** Why a frame, or part of one, did not arrive as it was sent. */
export type CableLoss =
  | 'open pair'
  | 'wired elsewhere'
  | 'under the squelch'
  | 'unplugged'
  | 'bit errors'
  | 'delimiter lost'
  | 'delimiter early'
