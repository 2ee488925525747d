/** Why a request's signal was aborted: someone else goes on with the answer, or will come back to it. No stop. */
export const LEFT = 'left';
