"""The chart of accounts a village cooperative begins with. A body may add accounts of its own.

Principal and mandatory savings are own capital, voluntary savings are debt (UU 25/1992 art. 41, domain.md
4.3). Codes begin with the kind: 1 asset, 2 debt, 3 own capital, 4 income, 5 cost.
"""

from __future__ import annotations

from typing import NamedTuple

from cooperatives.enums import AccountKind

CASH, BANK = "101", "102"
LOANS = "111"
STOCK, EQUIPMENT, WORN = "121", "131", "139"
VOLUNTARY, BORROWED, MEMBERS_SHARE = "201", "202", "221"
MANAGEMENT_FUND, EDUCATION_FUND, SOCIAL_FUND, OTHER_FUNDS = "222", "223", "224", "229"
PRINCIPAL, MANDATORY, RESERVE, GRANTS, SURPLUS = "301", "302", "303", "304", "309"
SALES, LOAN_INCOME, OTHER_INCOME = "401", "402", "409"
PURCHASES, LOAN_LOSS, WEAR, OTHER_COST = "501", "521", "522", "529"

SAVINGS = (PRINCIPAL, MANDATORY, VOLUNTARY)
DUE_TO_MEMBERS = (*SAVINGS, MEMBERS_SHARE)
MONEY = (CASH, BANK)


class ChartLine(NamedTuple):
    """An account of the beginning. `of_members`: kept member by member, never below zero."""

    code: str
    kind: AccountKind
    name_id: str
    name_en: str
    of_members: bool = False


CHART = (
    ChartLine(CASH, AccountKind.ASSET, "Kas", "Cash"),
    ChartLine(BANK, AccountKind.ASSET, "Bank", "Bank"),
    ChartLine(LOANS, AccountKind.ASSET, "Pinjaman anggota", "Loans to members", of_members=True),
    ChartLine(STOCK, AccountKind.ASSET, "Persediaan barang", "Goods in stock"),
    ChartLine(EQUIPMENT, AccountKind.ASSET, "Peralatan", "Equipment"),
    ChartLine(WORN, AccountKind.ASSET, "Akumulasi penyusutan", "Wear of equipment so far"),
    ChartLine(VOLUNTARY, AccountKind.DEBT, "Simpanan sukarela", "Voluntary savings", of_members=True),
    ChartLine(BORROWED, AccountKind.DEBT, "Utang kepada pihak lain", "Owed to others"),
    ChartLine(
        MEMBERS_SHARE, AccountKind.DEBT, "SHU bagian anggota", "Surplus due to members", of_members=True
    ),
    ChartLine(MANAGEMENT_FUND, AccountKind.DEBT, "Dana pengurus", "Management fund"),
    ChartLine(EDUCATION_FUND, AccountKind.DEBT, "Dana pendidikan", "Education fund"),
    ChartLine(SOCIAL_FUND, AccountKind.DEBT, "Dana sosial", "Social fund"),
    ChartLine(OTHER_FUNDS, AccountKind.DEBT, "Dana lain", "Other funds"),
    ChartLine(PRINCIPAL, AccountKind.EQUITY, "Simpanan pokok", "Principal savings", of_members=True),
    ChartLine(MANDATORY, AccountKind.EQUITY, "Simpanan wajib", "Mandatory savings", of_members=True),
    ChartLine(RESERVE, AccountKind.EQUITY, "Cadangan", "Reserve"),
    ChartLine(GRANTS, AccountKind.EQUITY, "Hibah", "Grants"),
    ChartLine(SURPLUS, AccountKind.EQUITY, "SHU belum dibagi", "Surplus not yet shared"),
    ChartLine(SALES, AccountKind.INCOME, "Penjualan", "Sales"),
    ChartLine(LOAN_INCOME, AccountKind.INCOME, "Jasa pinjaman", "Charges on loans"),
    ChartLine(OTHER_INCOME, AccountKind.INCOME, "Pendapatan lain", "Other income"),
    ChartLine(PURCHASES, AccountKind.COST, "Pembelian barang dagangan", "Goods bought for sale"),
    ChartLine("511", AccountKind.COST, "Honor dan upah", "Pay and wages"),
    ChartLine("512", AccountKind.COST, "Transportasi", "Transport"),
    ChartLine("513", AccountKind.COST, "Listrik, air, dan telepon", "Electricity, water and telephone"),
    ChartLine("514", AccountKind.COST, "Alat tulis dan cetak", "Stationery and printing"),
    ChartLine("515", AccountKind.COST, "Rapat", "Meetings"),
    ChartLine(LOAN_LOSS, AccountKind.COST, "Penghapusan pinjaman", "Loans written off"),
    ChartLine(WEAR, AccountKind.COST, "Penyusutan peralatan", "Wear of equipment"),
    ChartLine(OTHER_COST, AccountKind.COST, "Biaya lain", "Other costs"),
)
