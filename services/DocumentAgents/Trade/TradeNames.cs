using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>What programs call the members of a business document: lower case, no blanks, the most telling first.</summary>
internal static class TradeNames
{
    public static string[] Lines { get; } =
        ["items", "item", "lines", "line", "lineitems", "lineitem", "positions", "position", "positionen", "rows", "row", "products", "product", "details", "detail", "dettagliolinee", "orderlines", "orderline", "invoicelines", "invoiceline", "articles", "entries", "lineas", "lignes", "regels", "rader", "invoiceitems", "orderitems", "charges"];

    /// <summary>Whose numbers are not the number of the document.</summary>
    public static string[] Apart { get; } = [.. Parties(), "payment", "bank", "address", "delivery", "shipping", "transmission", "datitrasmissione", "contact", "tax", "taxes"];

    public static string[] IssueDate { get; } =
        ["invoicedate", "billdate", "issuedate", "dateofissue", "documentdate", "orderdate", "creditnotedate", "dateissued", "issuedon", "issued", "rechnungsdatum", "belegdatum", "bestelldatum", "factuurdatum", "fakturadatum", "fakturadato", "datefacture", "dateemission", "fechaemision", "fechaexpedicion", "dataemissao", "date", "datum", "dato", "fecha", "data", "created", "createdat", "timestamp"];

    public static string[] DueDate { get; } =
        ["duedate", "paymentduedate", "paymentdue", "due", "dueon", "datedue", "datascadenza", "datascadenzapagamento", "falligkeit", "falligkeitsdatum", "faelligkeitsdatum", "vervaldatum", "dateecheance", "echeance", "fechavencimiento", "vencimento", "datavencimento", "forfallodatum", "forfaldsdato"];

    public static string[] Currency { get; } = ["currency", "currencycode", "documentcurrency", "currencyid", "divisa", "wahrung", "waehrung", "devise", "moneda", "moeda", "valuta", "monnaie"];

    public static string[] Seller { get; } =
        ["seller", "supplier", "vendor", "issuer", "from", "sender", "biller", "merchant", "provider", "payee", "creditor", "cedenteprestatore", "emisor", "emitente", "fournisseur", "vendeur", "verkaufer", "lieferant", "rechnungssteller", "leverancier", "leverantor", "leverandor", "sprzedawca", "sellerparty", "supplierparty"];

    public static string[] Buyer { get; } =
        ["buyer", "customer", "client", "billto", "soldto", "recipient", "receiver", "to", "purchaser", "debtor", "cessionariocommittente", "receptor", "destinatario", "acheteur", "kaufer", "kunde", "rechnungsempfanger", "besteller", "klant", "afnemer", "kund", "kunden", "nabywca", "buyerparty", "customerparty"];

    public static string[] Name { get; } =
        ["legalname", "registeredname", "registrationname", "companyname", "organizationname", "company", "organization", "denominazione", "ragionesociale", "razonsocial", "raisonsociale", "firma", "name", "fullname", "displayname", "nombre", "nom", "naam", "namn", "navn", "nome", "cognome"];

    public static string[] OrderReference { get; } = ["orderreference", "purchaseorder", "purchaseordernumber", "purchaseorderno", "ponumber", "pono", "customerpo", "ordernumber", "orderno", "orderid", "bestellnummer"];

    public static string[] BillingReference { get; } = ["originalinvoicenumber", "originalinvoice", "invoicereference", "invoiceref", "relatedinvoice", "correctedinvoice", "billingreference", "invoicenumber", "invoiceno", "invoiceid", "invoice"];

    public static string[] Net { get; } =
        ["nettotal", "totalnet", "net", "netamount", "nettotalamount", "subtotal", "totalexcltax", "totalexclvat", "totalexcludingtax", "totalbeforetax", "amountbeforetax", "taxexclusiveamount", "taxableamount", "imponibileimporto", "imponibile", "baseimponible", "totalht", "nettobetrag", "netto", "totaalexcl"];

    public static string[] Tax { get; } =
        ["taxtotal", "totaltax", "taxamount", "totaltaxamount", "vattotal", "totalvat", "vatamount", "tax", "vat", "gst", "salestax", "imposta", "cuota", "totalimpuestos", "steuerbetrag", "mwst", "ust", "tva", "totaltva", "btw", "moms", "iva"];

    public static string[] Gross { get; } =
        ["grosstotal", "totalgross", "grossamount", "gross", "grandtotal", "totalamount", "amounttotal", "totalincltax", "totalinclvat", "totalincludingtax", "taxinclusiveamount", "invoicetotal", "ordertotal", "documenttotal", "importototaledocumento", "totalttc", "bruttobetrag", "brutto", "totaalincl", "total", "amountdue", "totaldue"];

    public static string[] Payable { get; } = ["payable", "payableamount", "amountpayable", "amountdue", "totaldue", "balancedue", "duepayableamount", "zahlbetrag", "importopagamento"];

    public static string[] Quantity { get; } = ["quantity", "qty", "quantita", "menge", "anzahl", "quantite", "aantal", "antal", "antall", "cantidad", "quantidade", "ilosc", "units", "count", "hours"];

    public static string[] UnitPrice { get; } = ["unitprice", "price", "priceperunit", "unitcost", "prezzounitario", "einzelpreis", "prixunitaire", "stukprijs", "preciounitario", "precounitario", "rate", "cenajednostkowa"];

    public static string[] LineAmount { get; } = ["amount", "lineamount", "linetotal", "total", "totalprice", "netamount", "lineextensionamount", "prezzototale", "betrag", "gesamtpreis", "montant", "bedrag", "belopp", "belob", "importe", "subtotal", "net"];

    public static string[] Item { get; } = ["description", "desc", "name", "itemname", "product", "productname", "title", "descrizione", "beschreibung", "bezeichnung", "designation", "omschrijving", "descripcion", "descricao"];

    public static string[] Article { get; } = ["sku", "code", "itemcode", "productcode", "partnumber", "partno", "articleno", "articlenumber", "artikelnummer", "itemid", "productid", "gtin", "ean"];

    public static string[] Number(string type) => type switch
    {
        DocumentType.PurchaseOrder => ["purchaseordernumber", "purchaseorderno", "purchaseorderid", "ponumber", "pono", "ordernumber", "orderno", "ordernr", "orderid", "bestellnummer", "numeropedido", .. Any],
        DocumentType.CreditNote => ["creditnotenumber", "creditnoteno", "creditnoteid", "creditmemonumber", "creditnumber", "gutschriftsnummer", .. Any],
        DocumentType.Invoice => ["invoicenumber", "invoiceno", "invoicenr", "invoiceid", "invoicenum", "billnumber", "billno", "billid", "rechnungsnummer", "rechnungsnr", "factuurnummer", "fakturanummer", "fakturanr", "numerofattura", "numerofactura", "numfactura", "numerofacture", "numerofatura", .. Any],
        _ => ["quotenumber", "quotationnumber", "confirmationnumber", "deliverynumber", "remindernumber", .. Any],
    };

    private static string[] Any { get; } = ["documentnumber", "documentno", "documentid", "docnumber", "docno", "belegnummer", "belegnr", "number", "numero", "nummer", "no", "nr", "id", "identifier", "reference", "referencenumber", "ref"];

    private static string[] Parties() => ["seller", "supplier", "vendor", "issuer", "from", "buyer", "customer", "client", "billto", "shipto", "to", "merchant", "cedenteprestatore", "cessionariocommittente", "party"];
}
