/** 一条消息的英文样子和中文：`{1}` 等是其中的值，`{1:or}` 是用 or 连起来的几个值，`{1:told}` 本身也是一条消息（为什么、怎么办），别的照原样（名字、路径）。 */
export type MessagePair = readonly [english: string, chinese: string]
