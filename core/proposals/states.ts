/** The words for where a proposal is; apart from what steps do, for pages that only show them. */

/** In the order in which a proposal goes through them; the last five are ends. */
export const proposalStates = [
  "draft",
  "proved",
  "waiting",
  "approved",
  "sending",
  "downloaded",
  "observing",
  "confirmed",
  "rolled_back",
  "refused",
  "withdrawn",
  "failed",
  "interrupted",
] as const;

export type ProposalState = (typeof proposalStates)[number];

/** Nothing is on its way to the device: people may still refuse it or take it back. */
export const beforeSending: readonly ProposalState[] = ["draft", "proved", "waiting", "approved"];

/** Between the first datagram that changes something in the device and the verdict on it. */
export const underWay: readonly ProposalState[] = ["sending", "downloaded", "observing"];

/** Nobody has to do anything any more. */
export const ended: readonly ProposalState[] = [
  "confirmed",
  "rolled_back",
  "refused",
  "withdrawn",
  "failed",
  "interrupted",
];
