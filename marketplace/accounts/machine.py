"""The states of people's affairs: invitations, representation, exports, erasure."""

from enum import StrEnum

from marketplace.core.machine import Machine, Transition


class InvitationState(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


INVITATION = Machine(
    "invitation",
    InvitationState,
    InvitationState.PENDING,
    (
        Transition("accept", (InvitationState.PENDING,), InvitationState.ACCEPTED, ("invited person",)),
        Transition("revoke", (InvitationState.PENDING,), InvitationState.REVOKED, ("owner",)),
        Transition("expire", (InvitationState.PENDING,), InvitationState.EXPIRED, ("clock",)),
    ),
)


class RepresentationState(StrEnum):
    REQUESTED = "requested"
    ACTIVE = "active"
    CHANGE_REQUESTED = "change_requested"
    ENDING = "ending"
    ENDED = "ended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


_R = RepresentationState
REPRESENTATION = Machine(
    "representation",
    RepresentationState,
    _R.REQUESTED,
    (
        Transition("accept", (_R.REQUESTED,), _R.ACTIVE, ("asked side",)),
        Transition("decline", (_R.REQUESTED,), _R.DECLINED, ("asked side",)),
        Transition("withdraw", (_R.REQUESTED,), _R.WITHDRAWN, ("asking side",)),
        Transition("expire", (_R.REQUESTED,), _R.EXPIRED, ("clock",)),
        Transition("propose_change", (_R.ACTIVE,), _R.CHANGE_REQUESTED, ("either side",)),
        Transition("accept_change", (_R.CHANGE_REQUESTED,), _R.ACTIVE, ("other side",)),
        Transition("decline_change", (_R.CHANGE_REQUESTED,), _R.ACTIVE, ("other side", "proposing side", "clock")),
        Transition("end", (_R.ACTIVE, _R.CHANGE_REQUESTED), _R.ENDING, ("either side",)),
        Transition("keep", (_R.ENDING,), _R.ACTIVE, ("ending side",)),
        Transition("finish", (_R.ACTIVE, _R.CHANGE_REQUESTED, _R.ENDING), _R.ENDED, ("clock",)),
    ),
)


class ExportState(StrEnum):
    REQUESTED = "requested"
    READY = "ready"
    EXPIRED = "expired"


EXPORT = Machine(
    "data_export",
    ExportState,
    ExportState.REQUESTED,
    (
        Transition("finish", (ExportState.REQUESTED,), ExportState.READY, ("worker",)),
        Transition("expire", (ExportState.READY,), ExportState.EXPIRED, ("clock",)),
    ),
)


class ErasureState(StrEnum):
    REQUESTED = "requested"
    WITHDRAWN = "withdrawn"
    DONE = "done"


ERASURE = Machine(
    "erasure",
    ErasureState,
    ErasureState.REQUESTED,
    (
        Transition("withdraw", (ErasureState.REQUESTED,), ErasureState.WITHDRAWN, ("person",)),
        Transition("finish", (ErasureState.REQUESTED,), ErasureState.DONE, ("clock",)),
    ),
)
