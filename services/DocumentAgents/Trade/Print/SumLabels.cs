using DocumentAgents.Facts;

namespace DocumentAgents.Trade.Print;

/// <summary>What stands before the sums of a business document; folded, the most telling first.</summary>
internal static class SumLabels
{
    public static IReadOnlyList<string> Net { get; } =
    [
        "total excluding vat", "total excluding tax", "total excl. vat", "total excl. tax", "total excl vat", "total excl",
        "total (excl", "total ex vat", "total ex. vat", "total before tax", "amount before tax", "net total", "total net", "net amount",
        "taxable amount", "tax base", "total ht", "montant ht", "total hors taxe", "total hors tva", "base ht", "nettobetrag",
        "gesamtbetrag netto", "gesamt netto", "summe netto", "nettosumme", "netto gesamt", "gesamtnetto", "warenwert",
        "rechnungssumme ohne ust", "exclusief btw", "totaal exclusief btw", "totaal excl. btw", "totaal excl btw", "totaal excl",
        "excl. btw", "netto bedrag", "grondslag", "summa exkl. moms", "summa exkl", "netto belopp", "belopp exkl", "total ekskl. moms",
        "i alt ekskl. moms", "i alt ekskl", "sum eks. mva",
        "sum ekskl", "netto", "base imponible", "total sin iva", "total imponible", "imponibile", "totale imponibile", "totale netto",
        "base tributavel", "total sem iva", "razem netto", "wartosc netto", "veroton", "veroton summa", "zaklad dane", "zaklad dph",
        "celkem bez dph", "celkem bez dane", "netto osszesen", "total iliquido", "valor iliquido", "total fara tva",
        "podstawa opodatkowania", "suma netto", "yhteensa ilman alv", "net credit", "credit net", "subtotal", "sub-total", "sub total",
        "zwischensumme", "sous-total", "sous total", "subtotaal", "delsumma", "delsum", "subtotale", "jumlah kecil", "line total",
        "lines total", "positionssumme", "total net amount", "taxable value", "assessable value", "goods total", "total goods",
        "netto ar", "ara fara tva", "osnovica", .. WorldLabels.Net, "ukupno bez pdv", "skupaj brez ddv", "net",
    ];

    /// <summary>What may be any of the sums, and is taken for the one that is missing.</summary>
    public static IReadOnlyList<string> Any { get; } = ["amount", "fee", "betrag", "montant", "bedrag", "importe", "importo", "belopp"];

    public static IReadOnlyList<string> Tax { get; } =
    [
        "total vat", "vat total", "total tax", "tax total", "vat amount", "tax amount", "sales tax", "total gst", "gst amount",
        "mehrwertsteuer", "umsatzsteuer", "mwst-betrag", "mwst", "ust", "steuerbetrag", "montant tva", "total tva", "tva", "btw bedrag",
        "btw-bedrag", "totaal btw", "btw", "momsbelopp", "moms", "mva", "cuota iva", "importe iva", "total iva", "iva", "imposta",
        "totale iva", "kwota vat", "podatek vat",
        "alv", "arvonlisavero", "dph", "afa", "suma vat", "igst", "cgst", "sgst", "utgst", "ipsi", "igic", "taxe", "ddv", "pdv",
        "kdv", .. WorldLabels.Tax, "cukai", "vat",
        "gst", "hst", "tax", "steuer",
    ];

    public static IReadOnlyList<string> Gross { get; } =
    [
        "grand total", "invoice total", "total invoice amount", "total including vat", "total including tax", "total incl. vat",
        "total incl. tax", "total incl vat", "total incl", "total (incl", "total inc", "total amount due", "total amount payable",
        "total amount", "total for this invoice", "total to pay", "total payable", "total due", "amount total", "order total",
        "total order", "total credit", "total price", "gesamtbetrag", "rechnungsbetrag", "gesamtsumme",
        "rechnungssumme", "endbetrag", "endsumme", "bruttobetrag", "bruttosumme", "gesamt brutto", "gesamtpreis", "brutto",
        "auftragssumme", "total ttc", "montant ttc", "montant total", "total a payer", "net a payer", "totaal inclusief btw",
        "totaal incl. btw", "totaal incl btw", "totaal incl", "factuur totaal", "factuurtotaal", "totaal te betalen", "te betalen",
        "totaalbedrag", "eindtotaal", "totaal", "summa att betala", "att betala", "summa inkl. moms", "summa inkl", "totalt",
        "total inkl. moms",
        "i alt inkl. moms", "i alt", "at betale", "a betale", "sum inkl. mva", "totalbelop", "importe total", "total factura",
        "total a pagar", "totale fattura", "totale documento", "totale da pagare", "totale", "total da fatura", "naleznosc ogolem",
        "do zaplaty", "razem brutto", "wartosc brutto", "yhteensa", "maksettava", "celkem k uhrade", "spolu na uhradu", "na uhradu",
        "spolu s dph", "celkem s dph", "k uhrade", "fizetendo", "brutto osszesen", "brutto vegosszeg", "vegosszeg", "ukupno", "skupaj",
        .. WorldLabels.Gross, "za placilo", "osszesen", "total de plata", "suma brutto", "celkem", "jumlah besar", "jumlah keseluruhan",
        "jumlah", "balance due", "amount due", "amount payable", "gesamt", "summe", "summa", "sum", "total",
    ];

    public static IReadOnlyList<string> Payable { get; } =
    [
        "balance due", "amount due", "total amount due", "amount payable", "total payable", "net payable", "outstanding amount",
        "amount outstanding", "total due", "please pay", "to pay", "zahlbetrag", "zu zahlender betrag", "zu zahlen", "offener betrag",
        "noch zu zahlen", "net a payer", "reste a payer", "montant du", "solde a payer", "te betalen", "te voldoen", "openstaand bedrag",
        "att betala", "at betale", "til betaling", "a betale",
        "total a pagar", "importe a pagar", "a pagar", "totale da pagare", "da pagare", "netto a pagare", "do zaplaty", "maksettava",
        "k uhrade", "na uhradu", "fizetendo", "total de plata", "jumlah perlu dibayar", "total outstanding", "fizetendo osszeg",
        "reste du", "restant du", "saldo a pagar", "restsumme", "restbetrag", "nog te betalen", "kvar att betala", "rest a plata",
        "za placilo", "za uplatu",
    ];

    /// <summary>Every label that begins a row of sums.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Net, .. Tax, .. Gross, .. Payable, "carried forward", "ubertrag"];

    public static IReadOnlyList<string> Prepaid { get; } =
    [
        "amount paid", "paid to date", "already paid", "prepaid", "deposit", "down payment", "anzahlung", "erhaltene anzahlungen",
        "bereits bezahlt", "acompte", "deja regle", "aanbetaling", "reeds betaald", "forskott", "forskud", "anticipo", "acconto",
        "sinal", "wplacono", "acompte verse", "payments/credits", "zaloha", "eloleg", "acompte recu", "avance", "paid in advance",
        "payment received", "less deposit",
    ];
}
