using DocumentAgents.Facts;

namespace DocumentAgents.Trade.Print;

/// <summary>What stands before the names of the two parties; folded.</summary>
internal static class PartyLabels
{
    public static IReadOnlyList<string> Buyer { get; } =
    [
        "datos del cliente", "dati cliente", "dados do cliente", "coordonnees client", "odberatel", "kupujici", "zamawiajacy",
        "objednatel", "megrendelo", "tilaaja", "bestiller", "bestallare", "opdrachtgever", "donneur d'ordre", "vevo", "vasarlo",
        "ugyfel", "beneficiar", "client final", "kupac", "請求先", .. WorldLabels.Buyer, "narucitelj", "kupec", "cumparator",
        "credit to", "credited to",
        "prepared for", "quote for", "delivered to", "consignee", "bill recipient", "invoicee", "mottaker", "modtager", "mottagare",
        "odbiorca", "bill to address", "billing address", "bill to", "billed to", "billing to", "invoice to", "invoiced to",
        "invoice address", "sold to", "buyer name", "buyer", "customer name", "customer", "client name", "client", "purchaser",
        "ordered by", "ship to", "deliver to", "rechnungsempfanger", "rechnungsadresse", "rechnungsanschrift", "rechnung an",
        "kaufer", "auftraggeber", "besteller", "kunde", "adresse du client", "adresse de facturation", "adresse facturation",
        "facture a", "facturer a", "acheteur", "factuuradres", "factuur aan", "koper", "klant", "afnemer", "fakturaadress",
        "faktureringsadress", "fakturamottagare", "kopare", "kund", "fakturaadresse", "faktureringsadresse", "kober", "kjoper",
        "facturar a", "cliente",
        "comprador", "acquirente", "cessionario", "adquirente", "patient name", "patient", "paziente", "paciente", "nabywca",
        "ostaja", "asiakas", "pelanggan", "pembeli", "payer", "paid by",
    ];

    /// <summary>Before the name a letter goes to: the buyer of an invoice, the seller of an order.</summary>
    public static IReadOnlyList<string> Addressee { get; } =
    [
        "exmos. senhores", "exmos senhores", "exmo. senhor", "exma. senhora", "exmo(s). sr(s).", "exmo.(s)", "exmo(s)", "spettabile",
        "empfanger", "destinataire", "destinatario", "spett.le", "for", "fur", "voor", "aan", "till", "til", "an", "para", "pour",
        "per", "a", "to",
    ];

    /// <summary>Before the name of whoever wrote the document.</summary>
    public static IReadOnlyList<string> Writer { get; } = ["from name", "from"];

    /// <summary>Before the place goods go to, which may be anybody's.</summary>
    public static IReadOnlyList<string> Delivery { get; } = ["ship to", "deliver to", "delivered to", "consignee"];

    public static IReadOnlyList<string> Seller { get; } =
    [
        "seller name", "seller", "vendor name", "vendor", "supplier name", "supplier", "service provider", "issued by", "billed by",
        "sold by", "payable to", "remit to", "pay to", "beneficiary", "company name", "verkaufer", "lieferant",
        "rechnungssteller", "auftragnehmer", "vendeur", "fournisseur", "emetteur", "prestataire", "beneficiaire",
        "verkoper", "leverancier", "saljare", "leverantor", "selger", "saelger", "leverandor", "vendedor", "proveedor", "emisor",
        "venditore", "fornitore", "cedente", "prestatore", "fornecedor", "emitente", "sprzedawca", "wystawca", "dostawca", "wykonawca",
        "szallito", "dodavatel", "prodavajici", "zhotovitel", "elado", "kibocsato", "prodavatelj", "prodavac", "izdavatelj", "furnizor",
        "toimittaja", "myyja", "hospital", "clinic", "merchant", .. WorldLabels.Seller, "penjual", "pembekal", "payee",
    ];
}
