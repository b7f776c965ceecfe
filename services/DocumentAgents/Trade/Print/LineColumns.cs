using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

internal enum LineColumn
{
    None,
    Position,
    Article,
    Item,

    /// <summary>A number of the goods or their name: a column beside the one that describes them.</summary>
    ArticleOrItem,
    Quantity,
    Price,
    Amount,
}

/// <summary>What the columns of a list of goods are, by its heading.</summary>
internal sealed partial record LineColumns(IReadOnlyList<(LineColumn Column, PageCell Cell)> Cells)
{
    private static readonly (LineColumn Column, string[] Words)[] Names =
    [
        (LineColumn.Position, [
            "pos", "pos.", "position", "line", "ligne", "lp", "lp.", "#", "no.", "no", "nr", "nr.", "regel", "rad", "linje", "riga",
            "linea"]),
        (LineColumn.Amount,
        [
            "line total", "total amount", "net amount", "total price", "amount", "zeilenbetrag", "gesamtpreis", "gesamt", "betrag",
            "entgelt", "montant ht", "total ht", "montant", "bedrag", "prijs incl", "totaal", "belopp", "summa", "belob", "belop", "sum",
            "importe", "importo", "valor total", "wartosc netto", "wartosc",
            "total", "netto", "value", "ext. price", "extended", "jumlah", "preis gesamt", "prix total", "charge", "g-preis",
            "gesamtbetrag", "pris", "montant chf", "eur", "summe", "yhteensa", "wartosc brutto", "net", "gross", "goods value", "valor",
            "valor total", "zahlbetrag", "paid", "celkem bez dph", "celkem", "spolu", "razem", "castka", "osszesen", "ertek", "yht",
            "veroton", "montant", "valoare", "importe", "ext", .. WorldLabels.Amount,
        ]),
        (LineColumn.Price,
        [
            "unit price", "price per unit", "price each", "unit cost", "rate", "einzelpreis", "stuckpreis", "vk-preis", "e-preis",
            "preis/einheit", "nettopreis", "prix unitaire", "prix unit", "p.u.", "pu ht", "unitaire", "unitaire ht",
            "unitario", "prijs per stuk", "stukprijs", "eenheidsprijs",
            "a-pris", "pris/st", "styckpris", "enhedspris", "enhetspris", "stykpris", "precio unitario", "precio", "prezzo unitario",
            "prezzo", "preco unitario", "preco", "cena", "harga seunit", "harga", "u/price", "u/p", "price", "preis", "prix", "prijs",
            "pris", "cost", "each", "a-hinta", "hinta", "kpl-hinta", "stk. pris", "stk pris", "p. unit", "valor unitario", "unit",
            "cena netto", "tarif", "tarief", "cena/ks", "cena za ks", "cena/j", "cena za mj", "cena jednostkowa", "jedn. cena",
            "jednotkova cena", "egysegar", "yksikkohinta", "pret unitar", "fee", .. WorldLabels.Price,
        ]),
        (LineColumn.Quantity, [
            "quantity", "qty", "qty.", "qnty", "menge", "anzahl", "stuck", "quantite", "qte", "aantal", "hoeveelheid", "antal", "antall",
            "mangde", "cantidad", "cant.", "quantita", "q.ta", "quantidade", "qtd", "ilosc", "kuantiti", "maara", "hours", "hrs",
            "stunden", "heures", "uren", "shipped", "delivered", "ordered", "geliefert", "livre", "units", "uds", "uds.", "ud.", "stk",
            "stk.", "st", "st.", "no. of", "number of", "colis", "cartons", "qte livree", "cantidades", "volume", "mnozstvi", "pocet",
            "ks", "szt", "szt.", "mennyiseg", "cantitate", "boxes", "cases", "bottles", "pallets", "cajas", "bultos", "botellas",
            "kartons", "kolli", "colli", "scatole", "palettes", "caisses", "caixas", .. WorldLabels.Quantity]),
        (LineColumn.Article, [
            "item no", "item number", "item code", "article no", "article number", "art.-nr", "art-nr", "artikelnr", "artikelnummer",
            "artikel-nr", "part no", "part number", "product code", "code", "sku", "reference", "ref", "ref.", "varenr", "art.nr",
            "codigo", "codice", "stock code", "cat no", "catalogue no", "style", "best.-nr", "ean", "plu", .. WorldLabels.Article]),
        (LineColumn.Item,
        [
            "description", "item", "product", "article", "service", "details", "particulars", "goods", "beschreibung", "bezeichnung",
            "artikel", "leistung", "produkt", "designation", "libelle", "omschrijving", "beskrivning", "benamning", "beskrivelse",
            "vare", "tekst", "descripcion", "concepto", "descrizione", "descricao", "nazwa", "opis", "keterangan", "butiran", "tuote",
            "kuvaus", "activity", "product/service", "work", "job", "task", "text", "popis", "megnevezes", "polozka", "nazev",
            "oznaceni", "zbozi", "articulo", "articolo", "artigo", "towar", "usluga", "denumire", "nimike", "plant", "titel", "title",
            .. WorldLabels.Item,
        ]),
    ];

    public bool Has(LineColumn column) => Cells.Any(pair => pair.Column == column);

    /// <summary>The columns when the row is such a heading: goods, and how many of them or for how much; else null.</summary>
    public static LineColumns? Of(PageRow row)
    {
        if (row.Cells.Length < 2 || HasValues(row))
        {
            return null;
        }

        var cells = WithArticles([.. row.Cells.Select(cell => (Column: Name(cell.Folded), Cell: cell))]);
        var known = cells.Select(pair => pair.Column).Where(column => column != LineColumn.None).Distinct().ToList();
        var goods = known.Contains(LineColumn.Item) || known.Contains(LineColumn.Article);
        var numbers = known.Count(column => column is LineColumn.Quantity or LineColumn.Price or LineColumn.Amount);
        return (goods && numbers >= 1 && known.Count >= 2 && row.Cells.Length >= 3) || numbers >= 3
            || (goods && numbers >= 1 && row.Cells.Length == 2) ? new(cells) : null;
    }

    // "Item | Description": what stands before the description is mostly the number of the goods.
    private static List<(LineColumn Column, PageCell Cell)> WithArticles(List<(LineColumn Column, PageCell Cell)> cells)
    {
        var first = cells.FindIndex(pair => pair.Column == LineColumn.Item);
        var isDescribed = first >= 0 && cells.FindIndex(first + 1, pair => pair.Column == LineColumn.Item) > 0;
        if (isDescribed && !cells.Exists(pair => pair.Column == LineColumn.Article))
        {
            cells[first] = (LineColumn.ArticleOrItem, cells[first].Cell);
        }

        return cells;
    }

    /// <summary>The column a cell stands in.</summary>
    public LineColumn Of(PageCell cell)
    {
        var nearest = Cells.MinBy(pair => Distance(pair.Cell, cell));
        return Distance(nearest.Cell, cell) > 30 ? LineColumn.None : nearest.Column;
    }

    // Text begins where its heading begins, numbers end where theirs ends.
    private static double Distance(PageCell heading, PageCell cell)
    {
        var apart = heading.Distance(cell);
        var edges = Math.Min(Math.Abs(heading.Start - cell.Start), Math.Abs(heading.End - cell.End));
        return heading.Column >= 0 && cell.Column >= 0 ? apart : apart + (0.2 * edges);
    }

    /// <summary>What a column with such a heading holds.</summary>
    public static LineColumn Name(string folded)
    {
        var text = Words.Collapse(folded);
        foreach (var (column, words) in Names)
        {
            if (words.Any(word => text == word || (word.Length > 2 && LabelSearch.IndexOfWhole(text, word) is 0)))
            {
                return column;
            }
        }

        foreach (var (column, words) in Names)
        {
            if (column != LineColumn.Position && words.Any(word => word.Length > 3 && LabelSearch.IndexOfWhole(text, word) > 0))
            {
                return column;
            }
        }

        return LineColumn.None;
    }

    // A number is no heading, and what has its value behind it is none either.
    private static bool HasValues(PageRow row) =>
        row.Cells.Any(cell => Amount.Printed(cell.Text) is not null) || row.Cells.Count(cell => Labelled().IsMatch(cell.Text)) > 1;

    [GeneratedRegex(@"\p{L}\W{0,2}:\s+\S")]
    private static partial Regex Labelled();
}
