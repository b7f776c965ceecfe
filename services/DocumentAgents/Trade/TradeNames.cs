using System.Text.RegularExpressions;
using DocumentAgents.Facts;

namespace DocumentAgents.Trade;

/// <summary>What programs call the members of a business document: lower case, no blanks, the most telling first.</summary>
internal static partial class TradeNames
{
    public static string[] Lines { get; } =
    [
        "items", "item", "lines", "line", "lineitems", "lineitem", "positions", "position", "positionen", "rows", "row", "products",
        "product", "details", "detail", "dettagliolinee", "orderlines", "orderline", "invoicelines", "invoiceline", "articles",
        "entries", "lineas", "lignes", "regels", "rader", "invoiceitems", "orderitems", "charges", "invoicerow", "invoicerows",
        "orderrow", "orderrows", "pozycje", "pozycja", "polozky", "polozka", "radky", "radek", "rivit", "rivi", "tetelek", "tetel",
        "conceptos", "concepto", "partidas", "partida", "itens", "riga", "righe", "poste", "postes", "zeilen", "zeile", "artikel",
        "itemout", "itemin", "e1edp01", "fawiersz", "listlineitem", "det", "invoicedetailitem", "quoteitemin", "confirmationitem",
        "itemlist",
    ];

    /// <summary>Whether a member holds the goods, or one of them: "shipmentItem" and "purchaseOrderLine" end with what they are.</summary>
    public static bool IsLines(string name) => Lines.Contains(name) || LineOf().IsMatch(name);

    [GeneratedRegex("(?:order|invoice|bill|shipment|delivery|despatch|quote|receipt|request|confirmation)(?:line|item)s?$|^itemdetail$")]
    private static partial Regex LineOf();

    /// <summary>Members that hold what is due to the state, whose items are no lines.</summary>
    public static string[] Taxes { get; } = ["tax", "taxes", "vat", "taxdetails", "vatdetails", "taxtotals", "vatspecification"];

    /// <summary>Whose numbers are not the number of the document.</summary>
    public static string[] Apart { get; } =
        [.. Parties(), "payment", "bank", "address", "delivery", "shipping", "transmission", "datitrasmissione", "contact", "tax", "taxes"];

    /// <summary>What a member's name may begin with without saying more than that it belongs to the document.</summary>
    public static string[] Leads { get; } =
        ["invoice", "document", "bill", "doc", "faktura", "factura", "fattura", "facture", "rechnungs", "creditnote"];

    public static string[] IssueDate { get; } =
    [
        "invoicedate", "billdate", "quotedate", "issuedate", "dateofissue", "documentdate", "orderdate", "creditnotedate",
        "dateissued", "issuedon", "issued", "rechnungsdatum", "belegdatum", "bestelldatum", "factuurdatum", "fakturadatum",
        "fakturadato", "datefacture", "dateemission", "fechaemision", "fechaexpedicion", "dataemissao", "date", "datum", "dato",
        "fecha", "data", "datawystawienia", "datumvystaveni", "paivays", "laskunpvm", "dateinvoice", "docdate", "dateofinvoice",
        "noticedate", "shipmentdate", "emitted", "emittedon", "emissiondate", "issuancedate", "dateemitted", "ausstellungsdatum",
        "datumvydani", "created",
        "orderissuedate", "podate", "purchaseorderdate", "documentdatetime", "createdat", "timestamp", "datestring", "txndate",
        "datecreated", "dhemi", "p1", "dt",
    ];

    public static string[] DueDate { get; } =
    [
        "duedate", "paymentduedate", "paymentdue", "due", "dueon", "datedue", "datascadenza", "datascadenzapagamento", "falligkeit",
        "falligkeitsdatum", "faelligkeitsdatum", "vervaldatum", "dateecheance", "echeance", "fechavencimiento", "vencimento",
        "datavencimento", "forfallodatum", "forfaldsdato", "terminplatnosci", "datumsplatnosti", "splatnost", "erapaiva",
        "paymentterm", "payby", "paybefore", "maturitydate", "faelligkeit", "faelligam", "zahlbarbis", "zahlungsziel", "duedatestring",
        "terminezaplaty",
    ];

    public static string[] Currency { get; } =
    [
        "currency", "currencycode", "documentcurrency", "currencyid", "divisa", "wahrung", "waehrung", "currencycoded", "devise",
        "moneda", "moeda",
        "valuta", "monnaie", "waluta", "mena", "valuutta", "ccy", "cur", "iso4217", "curcy", "kodwaluty", "currencyiso",
    ];

    public static string[] Seller { get; } =
    [
        "seller", "supplier", "vendor", "issuer", "from", "sender", "biller", "merchant", "provider", "payee", "creditor",
        "cedenteprestatore", "emisor", "emitente", "fournisseur", "vendeur", "verkaufer", "lieferant", "rechnungssteller",
        "leverancier", "leverantor", "leverandor", "sprzedawca", "wystawca", "dodavatel", "myyja", "toimittaja", "vendedor",
        "proveedor", "fornitore", "cedente", "prestatario", "saljare", "saelger", "elado", "billfrom", "soldby", "verkaeufer",
        "saeljare", "dodavatel", "fornecedor", "sellerparty", "podmiot1", "emit", "supplierparty",
    ];

    public static string[] Buyer { get; } =
    [
        "buyer", "customer", "client", "billto", "soldto", "recipient", "receiver", "to", "purchaser", "debtor",
        "cessionariocommittente", "receptor", "destinatario", "acheteur", "kaufer", "kunde", "rechnungsempfanger", "besteller",
        "klant", "afnemer", "kund", "kunden", "nabywca", "odbiorca", "odberatel", "ostaja", "asiakas", "comprador", "cliente",
        "acquirente", "cessionario", "kopare", "kober", "vevo", "invoiceto", "billedto", "rechnungsempfaenger", "kaeufer",
        "auftraggeber", "empfaenger", "buyerparty", "podmiot2", "dest", "orderingparty", "customerparty",
    ];

    /// <summary>Who the other party is where nothing else says so.</summary>
    public static string[] Contacts => ["contact", "billing", "billingaddress", "shipping", "shippingaddress"];

    public static string[] Name { get; } =
    [
        "legalname", "registeredname", "registrationname", "companyname", "organizationname", "company", "organization",
        "denominazione", "ragionesociale", "razonsocial", "raisonsociale", "firma", "name", "fullname", "displayname", "tradingname",
        "tradename", "businessname", "corporatename", "xnome", "organisationname", "organisation", "partyname", "accountname", "nazwa",
        "nazev",
        "nimi", "nev",
        "name1", "nombre", "nom", "naam", "namn", "navn", "nome", "cognome", "lglnm",
    ];

    public static string[] OrderReference { get; } =
    [
        "orderreference", "purchaseorder", "po", "customerpo", "order", "orderidentifier", "buyerorder", "customerorder",
        "ihrebestellung", "ihrebestellnummer", "suordine", "vsordine", "votrecommande", "uworder", "buyerreference", "yourorder",
        "bestellnummer", "bestellnr", "numerzamowienia", "nrzamowienia", "cisloobjednavky", "tilausnumero",
        "numeropedido", "pedido", "commande", "numerocommande", "ordernummer",
    ];

    public static string[] BillingReference { get; } =
    [
        "originalinvoicenumber", "originalinvoice", "invoicereference", "invoiceref", "relatedinvoice", "correctedinvoice",
        "billingreference", "invoicenumber", "invoiceno", "invoiceid", "invoice",
    ];

    /// <summary>Members that hold the order or the bill a document answers.</summary>
    public static string[] OrderContainers =>
        ["datiordineacquisto", "orderreference", "purchaseorderreference", "orderidentity", "ordering"];

    public static string[] BillContainers =>
        ["datifatturecollegate", "preceding", "precedinginvoice", "originalinvoice", "billingreference", "correctedinvoice"];

    public static string[] Identifiers => ["iddocumento", .. Any];

    public static string[] Net { get; } =
    [
        "nettotal", "totalnet", "net", "netamount", "nettotalamount", "subtotal", "totalexcltax", "totalexclvat",
        "totalexcludingtax", "totalbeforetax", "amountbeforetax", "taxexclusiveamount", "taxableamount", "imponibileimporto",
        "imponibile", "baseimponible", "totalht", "nettobetrag", "netto", "totaalexcl", "razemnetto", "sumanetto", "wartoscnetto",
        "totalvatexcludedamount", "totalexclamount", "vatexcludedamount", "totalwithoutvat", "totalwithouttax", "zakladdane",
        "celkembezdph", "nettosumme", "summenetto", "montantht", "totalhorstaxe", "subtotalamount", "subtotalprice",
        "totalgrossamountbeforetaxes", "totalnetamount", "sum", "assval",
    ];

    public static string[] Tax { get; } =
    [
        "taxtotal", "totaltax", "taxamount", "totaltaxamount", "vattotal", "totalvat", "vatamount", "tax", "vat", "gst", "salestax",
        "imposta", "cuota", "totalimpuestos", "steuerbetrag", "mwstbetrag", "ustbetrag", "mwst", "ust", "tva", "totaltva", "btw",
        "moms", "iva", "razemvat", "sumavat", "kwotavat", "totalvatamount", "gsttotal", "totalgst", "gstamount", "hst", "dph",
        "celkemdph", "alv", "totaliva", "importeiva", "totaltaxoutputs", "taxes", "umsatzsteuer", "mehrwertsteuer",
    ];

    /// <summary>Whether a member is the net amount of one rate of many, as in Polish invoices: p_13_1, p_13_2.</summary>
    public static bool IsShareOfNet(string name) => ShareOfNet().IsMatch(name);

    /// <summary>Whether a member is the tax of one rate or to one state: p_14_1, cgst_val.</summary>
    public static bool IsShareOfTax(string name) => ShareOfTax().IsMatch(name);

    [GeneratedRegex(@"^p13\d{1,3}$")]
    private static partial Regex ShareOfNet();

    [GeneratedRegex(@"^p14\d$|^[csi]gstval$")]
    private static partial Regex ShareOfTax();

    public static string[] Gross { get; } =
    [
        "grosstotal", "totalgross", "grossamount", "gross", "grandtotal", "totalamount", "amounttotal", "totalincltax",
        "totalinclvat", "totalincludingtax", "taxinclusiveamount", "invoicetotal", "ordertotal", "documenttotal",
        "importototaledocumento", "totalttc", "bruttobetrag", "brutto", "totaalincl", "razembrutto", "sumabrutto", "wartoscbrutto",
        "totalvatincludedamount", "vatincludedamount", "totalwithvat", "totalwithtax", "celkemsdph", "celkem", "bruttosumme",
        "summebrutto", "gesamtbetrag", "rechnungsbetrag", "endbetrag", "gesamtsumme", "montantttc", "totalgrossamount",
        "importetotal", "totalfactura", "totalprice", "p15", "totalamt", "vnf", "dueamount", "total", "amountdue", "totaldue", "totinvval",
    ];

    public static string[] Payable { get; } =
    [
        "payable", "payableamount", "amountpayable", "amountdue", "totaldue", "balancedue", "duepayableamount", "zahlbetrag",
        "importopagamento", "dozaplaty", "kuhrade", "balance", "totalpayable", "outstanding", "apagar", "totalapagar", "dueamount",
        "netapayer",
        "attbetala", "tebetalen",
    ];

    public static string[] Quantity { get; } =
    [
        "quantity", "qty", "quantita", "menge", "anzahl", "quantite", "aantal", "antal", "antall", "cantidad", "quantidade", "ilosc",
        "units", "count", "hours", "mnozstvi", "maara", "mennyiseg", "invoicedquantity", "orderedquantity", "p8b", "qcom",
        "deliveredquantity",
        "pieces", "pcs", "quantityvalue", "shippedquantity",
    ];

    public static string[] UnitPrice { get; } =
    [
        "unitprice", "price", "priceperunit", "unitcost", "prezzounitario", "einzelpreis", "prixunitaire", "stukprijs",
        "preciounitario", "precounitario", "rate", "cenajednostkowa", "cenanetto", "cena", "cenazaks", "unitpriceamount", "priceamount",
        "vprei", "p9a", "unitamount", "valorunitario", "vuncom", "unitpricewithouttax",
        "yksikkohinta", "hinta", "egysegar", "preis", "prix", "precio", "preco", "prezzo", "pris", "prijs",
    ];

    public static string[] LineAmount { get; } =
    [
        "amount", "lineamount", "linetotal", "total", "totalprice", "netamount", "lineextensionamount", "prezzototale", "betrag",
        "gesamtpreis", "montant", "bedrag", "belopp", "belob", "importe", "subtotal", "net", "ext", "extended", "extendedprice",
        "wartoscnetto", "wartosc", "rowvatexcludedamount", "rowamount", "castka", "celkem", "linenet", "netvalue", "nettowert", "netwr",
        "p11", "vprod", "wert",
        "gesamt", "summa", "valor", "importo", "totamt",
    ];

    public static string[] Item { get; } =
    [
        "description", "desc", "name", "itemname", "product", "productname", "title", "descrizione", "beschreibung", "bezeichnung",
        "designation", "omschrijving", "descripcion", "descricao", "nazwa", "nazev", "popis", "nimike", "articlename", "megnevezes",
        "concepto", "libelle", "benamning", "tekst", "text",
    ];

    public static string[] Article { get; } =
    [
        "sku", "code", "itemcode", "productcode", "partnumber", "partno", "articleno", "articlenumber", "artikelnummer", "itemid",
        "productid", "gtin", "ean",
    ];

    public static string[] Number(string type) => type switch
    {
        DocumentType.PurchaseOrder =>
            ["purchaseordernumber", "purchaseorderno", "purchaseorderid", "ponumber", "pono", "ordernumber", "orderno", "ordernr",
             "orderid", "buyerordernumber", "bestellnummer", "numeropedido", .. Any],
        DocumentType.CreditNote =>
            ["creditnotenumber", "creditnoteno", "creditnoteid", "creditmemonumber", "creditnumber", "gutschriftsnummer", .. Any],
        DocumentType.Invoice =>
            ["invoicenumber", "invoiceno", "invoicenr", "invoiceid", "invoicenum", "billnumber", "billno", "billid", "rechnungsnummer",
             "rechnungsnr", "factuurnummer", "fakturanummer", "fakturanr", "numerofattura", "numerofactura", "numfactura",
             "numerofacture", "numerofatura", "numerfaktury", "nrfaktury", "cislofaktury", "laskunumero", "laskunnumero", "szamlaszam",
             "invoiceref", "invoicereference", .. Any],
        DocumentType.DespatchAdvice => ["deliverynumber", "deliverynoteno", "shipmentid", "shipmentnumber", "asnnumber", .. Any],
        _ => ["quotenumber", "quoteid", "quotationnumber", "confirmationnumber", "deliverynumber", "remindernumber", .. Any],
    };

    private static string[] Any { get; } =
    [
        "folio", "nnf", "documentnumber", "documentno", "docnr", "docid", "documentnr", "numerdokumentu", "cislodokladu", "numer", "cislo",
        "numdocumento", "documentnumber", "documentid", "docnumber", "docno", "belegnummer", "belegnr", "number", "numero", "nummer",
        "no", "nr", "id", "identifier", "reference", "referencenumber", "ref", "belnr", "p2", "code", "externalreference",
    ];

    private static string[] Parties() =>
    [
        "seller", "supplier", "vendor", "issuer", "from", "buyer", "customer", "client", "billto", "shipto", "to", "merchant",
        "cedenteprestatore", "cessionariocommittente", "party", .. OrderContainers, .. BillContainers,
    ];
}
