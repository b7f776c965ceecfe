using DocumentAgents.Facts;

namespace DocumentAgents.Trade.Print;

/// <summary>What business documents print before their values, in the languages we meet; folded, the most telling first.</summary>
internal static class TradeLabels
{
    public static IReadOnlyList<string> Number(string type) => type switch
    {
        DocumentType.Invoice => Invoice,
        DocumentType.CreditNote =>
            [.. CreditNote, "belegnummer", "beleg-nr", "document number", "document no", "document", "number", "nummer", "reference",
             "our ref", .. Invoice],
        DocumentType.PurchaseOrder => Order,
        DocumentType.OrderResponse => [.. OrderResponse, .. AnyNumber],
        DocumentType.DespatchAdvice or DocumentType.ReceiptAdvice => [.. Despatch, .. AnyNumber],
        DocumentType.Quotation => [.. Quotation, .. AnyNumber],
        DocumentType.Reminder => [.. Reminder, .. AnyNumber],
        DocumentType.RemittanceAdvice => [.. Remittance, .. AnyNumber],
        _ => AnyNumber,
    };

    public static IReadOnlyList<string> IssueDate { get; } =
    [
        "invoice date", "date of invoice", "tax invoice date", "credit note date", "date of issue", "issue date", "date issued",
        "rechnungsdatum", "rechnungs-datum", "gutschriftsdatum", "belegdatum", "ausstellungsdatum", "date de facture",
        "date de la facture", "date facture", "date de facturation", "date d'emission", "factuurdatum", "factuur datum", "fakturadatum",
        "fakturadato", "faktura dato", "fecha de factura", "fecha factura", "fecha de emision", "fecha emision", "data fattura",
        "data documento", "data emissione", "data di emissione", "data da fatura", "data de emissao", "data wystawienia",
        "datum vystaveni", "datum vydani", "datum vyhotovenia", "kiallitas datuma", "kelte", "szamla kelte", "kelt", "keltezes",
        "datum izdaje", "datum racuna", "data facturii", "dated", "tax point", "data emiterii", "laskun paivays",
        "paivays", "tarikh invois", "order date", "purchase order date", "po date", "bestelldatum", "bestellung vom", "date de commande",
        "orderdatum", "ordredato", "quotation date", "quote date", "angebotsdatum", "date du devis", "offertedatum", "lieferscheindatum",
        "delivery note date", "despatch date", "delivery date", "lieferdatum", "mahndatum", "payment date", "statement date",
        "document date", "issued on", "issued", "rechnung vom", .. WorldLabels.IssueDate,
        "vom", "datum", "dato", "fecha", "data", "paivamaara", "tarikh", "date",
    ];

    public static IReadOnlyList<string> DueDate { get; } =
    [
        "due date", "date d'echeance", "fecha de vencimiento", "data di scadenza", "data de vencimento", "data scadentei",
        "payment due date", "date due", "payment due", "due on", "due by", "pay by", "pay before", "payable by", "zahlbar bis",
        "fallig*", "echeance", "forfall*", "forfald*", "vencim*", "scaden*", "splatnos*", "erapaiva", "支払期限", "お支払期限", "eraantyy",
        .. WorldLabels.DueDate,
        "zahlungsziel", "zahlung bis", "a regler avant le",
        "verval*", "uiterste betaaldatum", "te betalen voor", "betaaldatum", "betalas senast", "betalingsfrist",
        "sidste rettidige betalingsdag",
        "oss tillhanda", "vto", "venc", "zahlbar spatestens", "betales senest", "termin platnosci", "fizetesi hatarido",
        "viimeinen maksupaiva", "tarikh akhir", "payable on", "due",
    ];

    public static IReadOnlyList<string> OrderReference { get; } =
    [
        "purchase order number", "purchase order no", "purchase order ref", "purchase order", "po number", "po no", "po #", "po ref",
        "po reference", "p.o. number", "p.o. no", "p.o.", "customer po", "your po", "your order number", "your order no", "your order",
        "customer order", "order reference", "order ref",
        "ihre bestellnummer", "ihr auftrag", "ihre bestellung", "bestellnummer", "bestell-nr", "bestellnr", "bestellung nr",
        "gemass bestellung nr",
        "n° bon de commande", "bon de commande", "votre commande", "numero de commande", "commande n", "ref. commande",
        "inkoopordernummer", "inkooporder", "uw ordernummer", "uw order", "bestelnummer",
        "ert ordernummer", "er order", "inkopsordernummer", "deres ordrenr", "deres ordre", "rekvisitionsnr", "indkobsordre",
        "numero de pedido", "pedido del cliente", "pedido de cliente", "pedido cliente", "pedido n", "pedido", "cislo objednavky",
        "objednavka c", "objednavka", "tilausnumero", "tilausnro", "megrendelesszam", "su pedido", "numero ordine", "vs. ordine",
        "ordine", "encomenda", "nota de encomenda", "nr zamowienia", "zamowienie nr", .. WorldLabels.OrderNumber, "order number",
        "order no",
        "order nr", "ordernummer", "ordrenummer", "order",
    ];

    public static IReadOnlyList<string> BillingReference { get; } =
    [
        "original invoice number", "in respect of our invoice", "our invoice", "factura rectificada", "fattura di riferimento",
        "fattura in oggetto", "unsere rechnung", "notre facture", "onze factuur", "original invoice", "invoice reference",
        "reference invoice", "refers to invoice", "relating to invoice", "for invoice", "against invoice", "invoice number",
        "invoice no", "zu rechnung nr", "zur rechnung", "zu rechnung", "rechnungsnummer", "rechnung nr", "facture d'origine",
        "facture n", "sur facture",
        "factuurnummer", "betreft factuur", "avser faktura", "fakturanummer", "vedr. faktura", "faktura nr", "factura original",
        "factura n", "rif. fattura", "fattura n", "fatura n", "rechnung", "facture", "factuur", "faktura", "fattura", "factura",
        "fatura", "invoice",
    ];

    public static IReadOnlyList<string> DespatchReference { get; } =
    [
        "delivery note number", "delivery note no", "delivery note", "despatch advice", "dispatch note", "packing slip",
        "lieferscheinnummer", "lieferschein-nr", "lieferschein nr", "lieferschein", "bon de livraison", "pakbonnummer", "pakbon",
        "foljesedel", "folgeseddel", "albaran", "ddt",
    ];

    private static IReadOnlyList<string> Invoice { get; } =
    [
        "invoice number", "invoice no", "invoice nr", "invoice #", "invoice id", "invoice ref", "tax invoice no", "inv no", "inv. no",
        "inv #", "rechnungsnummer", "rechnungs-nr", "rechnungsnr", "rechnung nr", "rechnung nummer", "rechnung-nr", "belegnummer",
        "beleg-nr",
        "numero de facture", "numero de la facture", "n° de facture", "facture n°", "facture no", "facture n", "factuurnummer",
        "factuur nummer", "factuurnr", "factuur nr", "fakturanummer", "fakturanr", "faktura nummer", "faktura nr", "faktura vat nr",
        "nr faktury", "numero de factura", "numero factura", "factura n°", "factura n", "nº factura", "n° factura",
        "numero fattura", "n. fattura", "fattura n.", "fattura n", "fattura nr", "fattura numero", "numero da fatura", "fatura n°",
        "fatura n", "no. invois", "nombor invois", "laskun numero", "laskunumero", "cislo faktury", "faktura c", "danovy doklad c",
        "szamlaszam", "szamla sorszama", "szamla szama", "bizonylat sorszama", "sorszam*", "seria si numarul", "serie si numar",
        "seria si nr", "seria", "numar factura", "numarul facturii", "broj racuna", "stevilka racuna", "factura nr",
        .. WorldLabels.Number,
        "invoice", "rechnung", "facture", "factuur", "faktura", "fattura", "factura", "fatura", "document number", "document no",
        "doc no", "reference number", "serie/numero", "serie y numero", "inv", "bill no", "lasku nro", "document", "number", "numero",
        "nummer", "nr", "our ref", "ref", "reference", "n°", "nº", "no",
    ];

    private static IReadOnlyList<string> CreditNote { get; } =
    [
        "credit note number", "credit note no", "credit note nr", "credit note #", "credit memo number", "credit memo no",
        "credit memo #", "memo number", "memo no", "memo #", "dobropis c", "opravny danovy doklad c", "faktura korygujaca nr",
        "hyvityslaskun numero", "gutschriftsnummer", "gutschrift-nr", "gutschrift nr", "numero d'avoir", "avoir n°", "avoir n",
        "creditnotanummer", "creditnota nr", "creditfactuurnummer", "kreditnotanummer", "kreditnota nr", "kreditfaktura nr",
        "numero de nota de credito", "nota de credito n", "nota di credito n", "numero nota di credito", "credit note", "gutschrift",
        "avoir", "creditnota", "kreditnota", "kreditfaktura",
    ];

    private static IReadOnlyList<string> Order { get; } =
    [
        "purchase order number", "purchase order no", "purchase order nr", "purchase order #", "po number", "po no", "po #",
        "p.o. number", "p.o. no", "p.o. #", "order number", "order no", "order nr", "order #", "bestellnummer", "bestell-nr",
        "bestellung nr", "numero de commande", "bon de commande n°", "bon de commande n", "commande n°", "commande n",
        "inkoopordernummer", "ordernummer", "bestelnummer", "inkopsordernummer", "ordrenummer", "ordrenr", "orden de compra n",
        "numero de pedido", "pedido n", "ordine d'acquisto n", "ordine d'acquisto", "numero ordine", "ordine n", "encomenda n",
        "nr zamowienia", .. WorldLabels.OrderNumber, "pedido de compra", "orden de compra", "ordem de compra", "ordine di acquisto",
        "auftrag nr",
        "auftragsnummer", "purchase order", "bestellung", "commande", "pedido", "auftrag", "ordine", "encomenda", "p.o.", "po",
        "document number", "document no", "reference", "number", "nummer",
    ];

    private static IReadOnlyList<string> OrderResponse { get; } =
    [
        "confirmation number", "confirmation no", "order confirmation no", "order confirmation number", "order confirmation",
        "auftragsbestatigung nr", "auftragsnummer", "auftrags-nr", "confirmation n", "orderbevestiging nr", "bekraftelse nr",
        "ordererkannande nr",
    ];

    private static IReadOnlyList<string> Despatch { get; } =
    [
        "delivery note number", "delivery note no", "delivery note nr", "despatch advice no", "despatch number", "dispatch note no",
        "packing slip no", "packing slip number", "packing slip #", "goods received note no", "grn no", "grn", "receipt number",
        "lieferscheinnummer", "lieferschein-nr", "lieferschein nr", "bon de livraison n°", "bon de livraison n",
        "pakbonnummer", "pakbon nr", "foljesedelsnummer", "foljesedel nr", "folgeseddel nr", "albaran n", "ddt n", "delivery note",
        "lieferschein", "pakbon", "packing slip",
    ];

    private static IReadOnlyList<string> Quotation { get; } =
    [
        "quotation number", "quotation no", "quote number", "quote no", "quote #", "quotation #", "offer number", "angebotsnummer",
        "angebots-nr", "angebot nr", "numero de devis", "devis n°", "devis n", "offertenummer", "offertenr", "angebotsnr",
        "angebots nr", "tilbudsnr", "offertnr", "offerte nr", "offertnummer", "tilbudsnummer", "tilbud nr", "presupuesto n",
        "preventivo n", "orcamento n", "quotation", "quote", "angebot", "devis",
    ];

    private static IReadOnlyList<string> Reminder { get; } =
    [
        "reminder number", "reminder no", "reminder #", "mahnungsnummer", "mahnung nr", "numero de relance", "aanmaning nr",
        "paminnelsenr", "rykker nr", "sollecito di pagamento n", "sollecito n", "sollecito nr", "lettre de relance n", "relance n",
        "rappel n", "recordatorio n", "reclamacion n", "aviso n", "herinnering nr", "upominka c", "wezwanie nr",
        "wezwanie do zaplaty nr", "maksumuistutus nro", "reminder", "mahnung",
    ];

    private static IReadOnlyList<string> Remittance { get; } =
    [
        "remittance advice no", "remittance number", "remittance no", "remittance advice number", "advice number", "advice no",
        "payment reference", "payment number", "payment no", "avisnummer", "zahlungsavis nr", "avis n", "remittance advice",
    ];

    private static IReadOnlyList<string> AnyNumber { get; } =
    [
        "document number", "document no", "belegnummer", "beleg-nr", "reference number", "reference no", "reference", "ref. no",
        "ref no", "our ref", "document", "number", "numero", "nummer", "n°", "nº", "no", "nr",
    ];
}
