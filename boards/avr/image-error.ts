/** What a file is that is no firmware image, or a damaged one: the message says what is wrong, and where. */
export class ImageError extends Error {
  override readonly name = 'ImageError'
}
