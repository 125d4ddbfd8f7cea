"""Tables with pills and bars in their cells; rows are values, sorted where they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.style import REGULAR, SEMIBOLD, colour, font, px
from ui.widgets.paint import Tone, paint_bar, paint_pill, pill_size

Index = QModelIndex | QPersistentModelIndex
CELL = int(Qt.ItemDataRole.UserRole)
_PAD = 12


@dataclass(frozen=True)
class TextCell:
    """Words; `strong` for the one that names the row, `ink` a colour token, `tip` a tooltip."""

    text: str
    strong: bool = False
    ink: str = "text"
    tip: str = ""


@dataclass(frozen=True)
class PillCell:
    """A word on a ground."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class BarCell:
    """A share of 0..1 as a bar, with its words behind it."""

    share: float
    text: str
    tone: Tone = Tone.ACCENT


Cell = str | TextCell | PillCell | BarCell


@dataclass(frozen=True)
class Column:
    """One column: its title, how a row becomes a cell, its width at scale 1.0 (0 takes the rest).

    `order` gives a row's sorting key for lists that are held whole (up to some thousands); without it a click on the
    title only emits `sort_asked`.
    """

    title: str
    cell: Callable[[Any], Cell]
    width: int = 0
    right: bool = False
    order: Callable[[Any], Any] | None = None


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[Any] = []

    def show(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        wanted = (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if not index.isValid() or role not in wanted:
            return None
        cell = self.columns[index.column()].cell(self.rows[index.row()])
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell if isinstance(cell, str) else cell.text
        return cell.tip or None if isinstance(cell, TextCell) else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        key = self.columns[column].order if 0 <= column < len(self.columns) else None
        if key is None:
            return
        self.layoutAboutToBeChanged.emit()
        self.rows.sort(key=key, reverse=order is Qt.SortOrder.DescendingOrder)
        self.layoutChanged.emit()


class _Painter(QStyledItemDelegate):
    """Paints a cell by its kind."""

    def __init__(self, columns: Sequence[Column], parent: QTableView) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self._paint_ground(painter, option)
        cell = index.data(CELL)
        right = self._columns[index.column()].right
        where = QRectF(option.rect).adjusted(px(_PAD), 0, -px(_PAD), 0)
        if isinstance(cell, PillCell):
            self._paint_pill(painter, where, cell)
        elif isinstance(cell, BarCell):
            self._paint_bar(painter, where, cell)
        else:
            self._paint_text(painter, where, TextCell(cell) if isinstance(cell, str) else cell, right=right)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colour("primary_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, colour("raised"))
        painter.setPen(colour("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _paint_pill(self, painter: QPainter, where: QRectF, cell: PillCell) -> None:
        if not cell.text:
            return
        size = pill_size(cell.text)
        wide = min(float(size.width()), where.width())
        top = where.center().y() - size.height() / 2
        paint_pill(painter, QRectF(where.left(), top, wide, size.height()), cell.text, cell.tone)

    def _paint_bar(self, painter: QPainter, where: QRectF, cell: BarCell) -> None:
        words = max(QFontMetrics(font("small")).horizontalAdvance(cell.text) + px(10), px(64))
        bar = QRectF(where.left(), where.center().y() - px(3), max(where.width() - words, px(24)), px(7))
        paint_bar(painter, bar, cell.share, cell.tone)
        painter.setFont(font("small"))
        painter.setPen(colour("muted"))
        rest = QRectF(bar.right() + px(8), where.top(), where.right() - bar.right() - px(8), where.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, cell.text)

    def _paint_text(self, painter: QPainter, where: QRectF, cell: TextCell, *, right: bool) -> None:
        painter.setFont(font("body", SEMIBOLD if cell.strong else REGULAR))
        painter.setPen(colour(cell.ink))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, int(where.width()))
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | side, shown)


class Table(QTableView):
    """Rows of values under titled columns.

    `row_chosen` comes with the row's value on Enter or a double click, `row_touched` when another row is selected,
    `sort_asked(column, descending)` on a click on a title.
    """

    row_chosen = Signal(object)
    row_touched = Signal(object)
    sort_asked = Signal(int, bool)

    def __init__(self, columns: Sequence[Column], name: str = "") -> None:
        super().__init__()
        self._model = _Model(columns)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(columns, self))
        self.setAccessibleName(name)
        self._dress()
        self._dress_head()
        self.activated.connect(lambda index: self.row_chosen.emit(self._model.rows[index.row()]))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._touched(now))

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(44))

    def _dress_head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(px(40))
        for number, column in enumerate(self._model.columns):
            if column.width:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
                head.resizeSection(number, px(column.width))
            else:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        self._sorted: tuple[int, bool] = (-1, False)
        head.sectionClicked.connect(self._sort)

    def _sort(self, column: int) -> None:
        descending = self._sorted == (column, False)
        self._sorted = (column, descending)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._model.sort(column, order)
        self.horizontalHeader().setSortIndicator(column, order)
        self.sort_asked.emit(column, descending)

    def _touched(self, index: Index) -> None:
        if index.isValid():
            self.row_touched.emit(self._model.rows[index.row()])

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; the selection stays on the same value when it is still there."""
        chosen = self.chosen()
        self._model.show(rows)
        column, descending = self._sorted
        if column >= 0:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self._model.sort(column, order)
        if chosen is not None and chosen in self._model.rows:
            self.selectRow(self._model.rows.index(chosen))

    def rows(self) -> tuple[Any, ...]:
        """Return the rows in the order shown."""
        return tuple(self._model.rows)

    def chosen(self) -> Any | None:
        """Return the selected row's value."""
        index = self.currentIndex()
        return self._model.rows[index.row()] if index.isValid() and index.row() < len(self._model.rows) else None

    def row_at(self, point: QPoint) -> Any | None:
        """Return the value of the row at a point of the viewport, for menus."""
        index = self.indexAt(point)
        return self._model.rows[index.row()] if index.isValid() else None

    def minimumSizeHint(self) -> QSize:
        fixed = sum(px(c.width or 120) for c in self._model.columns)
        return QSize(min(fixed, px(560)), px(132))
